import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPredictor, type InferOptions, type InputTensors, type OutputTensor } from '@web-single/sdk';
import { createGrpcPredictor } from '@web-single/sdk/grpc';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';

const png = readFileSync(join(workspaceRoot, 'models/digits/golden/1.png'));
const everyDtype = join(workspaceRoot, 'libs/model-runtime/fixtures/dtypes.onnx');

const row = { island: 'Dream' as const, bill_length_mm: 50.6, bill_depth_mm: 19.4, flipper_length_mm: 193 };
const typedRow = { ...row, body_mass_g: 3800, sex: 'male' as const };

/** One row at either level, with dims behind the rows or without. */
const penguin = (Numbers: typeof Float32Array | typeof Float64Array, shape: readonly number[]): InputTensors =>
  Object.fromEntries(
    Object.entries(typedRow).map(([name, value]) => [
      name,
      { data: typeof value === 'string' ? [value] : Numbers.of(value), shape },
    ]),
  );

const textOf = ({ data }: OutputTensor): string[] =>
  (data as readonly Uint8Array[]).map((element) => new TextDecoder().decode(element));

type Infer = (
  model: string,
  tensors: InputTensors,
  options?: InferOptions,
) => ReturnType<ReturnType<typeof createGrpcPredictor>['infer']>;

describe('infer of the SDK against the built server', () => {
  let server: PredictorProcess;
  let grpc: ReturnType<typeof createGrpcPredictor>;
  let rest: ReturnType<typeof createPredictor>;
  const transports: Readonly<Record<string, Infer>> = {
    REST: async (...call) => await rest.infer(...call),
    gRPC: (...call) => grpc.infer(...call),
  };

  beforeAll(async () => {
    server = await startPredictor([join(workspaceRoot, 'models'), everyDtype]);
    rest = createPredictor({ baseUrl: server.url });
    grpc = createGrpcPredictor({ addresses: /gRPC\s+(\S+)/.exec(server.output().stderr)?.[1] ?? '' });
  });

  afterAll(async () => {
    grpc.close();
    await server[Symbol.asyncDispose]();
  });

  describe.each(Object.entries(transports))('over %s', (_name, infer) => {
    it('answers tensors and rows as the typed call does', async () => {
      const typed = await rest.models.penguins.predict(typedRow);

      const tensors = await infer('penguins', penguin(Float32Array, [1, 1]), { level: 'tensor', id: 'one' });
      const rows = await infer('penguins', penguin(Float64Array, [1]), { level: 'row', version: '1.0.0' });

      expect(tensors).toMatchObject({ model: { name: 'penguins', version: '1.0.0' }, id: 'one' });
      expect(textOf(tensors.outputs['output_label']!)).toEqual([typed.label]);
      expect(textOf(rows.outputs['label']!)).toEqual([typed.label]);
      expect(rows.outputs['probabilities']).toEqual({
        datatype: 'FP64',
        shape: [1, 3],
        data: Float64Array.from(Object.values(typed.probabilities)),
      });
    });

    it('reads a picture that is sent as a file, and gives only the outputs that are wanted', async () => {
      const typed = await rest.models.digits.predict(new Uint8Array(png));

      const { outputs } = await infer('digits', { image: { data: [png] } }, { outputs: ['label'] });

      expect(outputs).toEqual({
        label: { datatype: 'INT64', shape: [1], data: BigInt64Array.of(BigInt(typed.label)) },
      });
    });

    it('gives the bits of every datatype back through a session', { timeout: 60_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(anyTensors, async (tensors) => {
          const { outputs } = await infer('dtypes', tensors);

          for (const [name, { data }] of Object.entries(tensors)) {
            const output = outputs[`${name}_out`]!;
            if (name === 'string') expect(textOf(output)).toEqual(data);
            else expect(bytesOf(output.data)).toEqual(bytesOf(data));
          }
        }),
        { seed: 9, numRuns: 50 },
      );
    });

    it.each<[string, string, InputTensors, InferOptions, string]>([
      [
        'a shape that the model does not take',
        'digits',
        { image: { data: new Float32Array(4) } },
        {},
        'INPUT_MISMATCH',
      ],
      ['a level that it is not', 'penguins', penguin(Float64Array, [1]), { level: 'tensor' }, 'INPUT_MISMATCH'],
      ['an output that does not exist', 'penguins', penguin(Float64Array, [1]), { outputs: ['x'] }, 'INVALID_REQUEST'],
      ['an unknown model', 'pinguins', {}, {}, 'MODEL_NOT_FOUND'],
      ['an unknown version', 'penguins', {}, { version: '9' }, 'MODEL_NOT_FOUND'],
      ['a string that holds NUL', 'penguins', { island: { data: ['a\0b'] } }, { level: 'row' }, 'INPUT_MISMATCH'],
    ])('refuses %s with its code and request id', async (...[, model, tensors, options, code]) => {
      const call = infer(model, tensors, { ...options, requestId: `e2e-${code}` });

      await expect(call).rejects.toMatchObject({ code, requestId: `e2e-${code}` });
    });
  });

  it('tells the same metadata over both, and who is ready', async () => {
    const { properties, ...facts } = await rest.modelMetadata('penguins', { version: '1.0.0' });

    expect(await grpc.modelMetadata('penguins', { version: '1.0.0' })).toEqual(facts);
    expect(properties?.['level']).toBe('tensor');
    expect(facts.inputs[0]).toEqual({ name: 'island', datatype: 'BYTES', shape: [-1, 1] });
    expect([await grpc.serverReady(), await grpc.modelReady('penguins')]).toEqual([true, true]);
  });
});

const bytesOf = (data: unknown): number[] => {
  const { buffer, byteOffset, byteLength } = data as Uint8Array;
  return [...new Uint8Array(buffer, byteOffset, byteLength)];
};

/** Two elements for every input of the model: any bits, any text. */
const bits = <T>(size: number, read: (buffer: ArrayBuffer) => T): fc.Arbitrary<T> =>
  fc.uint8Array({ minLength: 2 * size, maxLength: 2 * size }).map((bytes) => read(Uint8Array.from(bytes).buffer));

const anyText = fc.string({ unit: 'grapheme' });

const anyTensors = fc.record({
  bool: fc.tuple(fc.nat(1), fc.nat(1)).map((data) => ({ data: Uint8Array.from(data), datatype: 'BOOL' as const })),
  int8: bits(1, (buffer) => ({ data: new Int8Array(buffer) })),
  uint8: bits(1, (buffer) => ({ data: new Uint8Array(buffer) })),
  int16: bits(2, (buffer) => ({ data: new Int16Array(buffer) })),
  uint16: bits(2, (buffer) => ({ data: new Uint16Array(buffer), datatype: 'UINT16' as const })),
  int32: bits(4, (buffer) => ({ data: new Int32Array(buffer) })),
  uint32: bits(4, (buffer) => ({ data: new Uint32Array(buffer) })),
  int64: bits(8, (buffer) => ({ data: new BigInt64Array(buffer) })),
  uint64: bits(8, (buffer) => ({ data: new BigUint64Array(buffer) })),
  float16: bits(2, (buffer) => ({ data: new Float16Array(buffer) })),
  float32: bits(4, (buffer) => ({ data: new Float32Array(buffer) })),
  float64: bits(8, (buffer) => ({ data: new Float64Array(buffer) })),
  string: fc.tuple(anyText, anyText).map((data) => ({ data })),
});
