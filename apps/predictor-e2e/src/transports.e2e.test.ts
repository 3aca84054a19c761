import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predict } from './testing/call.ts';
import { GrpcTransports } from './testing/grpc-transports.ts';
import { startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';
import { restBinary, restJson, type InferOptions, type Transport } from './testing/rest-transports.ts';
import type { TestTensor } from './testing/wire-tensor.ts';

const picture = (name: string): Uint8Array => readFileSync(join(workspaceRoot, 'models/digits/golden', name));
const everyDtype = join(workspaceRoot, 'libs/model-runtime/fixtures/dtypes.onnx');

const penguin = (rows: number, dims: readonly number[], number: 'FP32' | 'FP64'): TestTensor[] => {
  const take = (values: readonly (string | number)[]) =>
    Array.from({ length: rows }, (_, row) => values[row % values.length]!);
  const column = (name: string, datatype: string, ...values: (string | number)[]): TestTensor => ({
    name,
    datatype,
    shape: [rows, ...dims],
    values: take(values),
  });
  return [
    column('island', 'BYTES', 'Dream', 'Biscoe', 'Torgersen'),
    column('bill_length_mm', number, 50.6, 46.1, NaN),
    column('bill_depth_mm', number, 19.4, 13.2, 18.7),
    column('flipper_length_mm', number, 193, 211, 181),
    column('body_mass_g', number, 3800, 4500, 3750),
    column('sex', 'BYTES', 'male', 'female', 'male'),
  ];
};

const pixels = (rows: number): TestTensor[] => [
  {
    name: 'image',
    datatype: 'FP32',
    shape: [rows, 1, 28, 28],
    values: Array.from({ length: rows * 784 }, (_, index) => Math.fround(((index * 7919) % 256) / 255)),
  },
];

const files = (...names: readonly string[]): TestTensor[] => [
  { name: 'image', datatype: 'BYTES', shape: [names.length], values: names.map(picture) },
];

/** The ends of every range, and what a detour through doubles would lose. */
const extremes: TestTensor[] = [
  ['bool', 'BOOL', true, false],
  ['int8', 'INT8', -128, 127],
  ['uint8', 'UINT8', 0, 255],
  ['int16', 'INT16', -32768, 32767],
  ['uint16', 'UINT16', 0, 65535],
  ['int32', 'INT32', -(2 ** 31), 2 ** 31 - 1],
  ['uint32', 'UINT32', 0, 2 ** 32 - 1],
  ['int64', 'INT64', -(2n ** 63n), 9007199254740993n],
  ['uint64', 'UINT64', 0n, 2n ** 64n - 1n],
  ['float16', 'FP16', 0.333251953125, -65504],
  ['float32', 'FP32', Math.fround(0.1), -1.401298464324817e-45],
  ['float64', 'FP64', 0.1, 5e-324],
  ['string', 'BYTES', 'Tromsø', ''],
].map(([name, datatype, ...values]) => ({ name, datatype, shape: [2], values }) as TestTensor);

interface Case {
  readonly what: string;
  readonly model: string;
  readonly inputs: readonly TestTensor[];
  readonly options?: InferOptions;
  /** FP16 has no form in JSON and in typed contents. */
  readonly only?: readonly string[];
}

const cases: readonly Case[] = [
  { what: 'penguins, tensors of one row', model: 'penguins', inputs: penguin(1, [1], 'FP32') },
  { what: 'penguins, tensors of many rows', model: 'penguins', inputs: penguin(150, [1], 'FP32') },
  { what: 'penguins, rows', model: 'penguins', inputs: penguin(3, [], 'FP64'), options: { level: 'row' } },
  { what: 'digits, tensors', model: 'digits', inputs: pixels(3) },
  { what: 'digits, rows: picture files', model: 'digits', inputs: files('1.png', '70.jpg', '12.png') },
  { what: 'every dtype, raw', model: 'dtypes', inputs: extremes, only: ['REST binary', 'gRPC raw'] },
];

describe('one core behind every transport', () => {
  let server: PredictorProcess;
  let grpc: GrpcTransports;
  let transports: Readonly<Record<string, Transport>>;

  beforeAll(async () => {
    server = await startPredictor([join(workspaceRoot, 'models'), everyDtype]);
    const address = /gRPC\s+(\S+)/.exec(server.output().stderr)?.[1] ?? '';
    grpc = new GrpcTransports(address);
    transports = {
      'REST binary': restBinary(server.url),
      'gRPC raw': grpc.raw,
      'REST JSON': restJson(server.url),
      'gRPC typed': grpc.typed,
    };
  });

  afterAll(async () => {
    grpc[Symbol.dispose]();
    await server[Symbol.asyncDispose]();
  });

  it.each(cases)('$what: the same bits', async ({ model, inputs, options, only = Object.keys(transports) }) => {
    const answers = await Promise.all(only.map((name) => transports[name]!(model, inputs, options)));

    expect(Object.keys(answers[0]!).length).toBeGreaterThan(0);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('gives back what it was given, in every dtype', async () => {
    const [binary, raw] = [await restBinary(server.url)('dtypes', extremes), await grpc.raw('dtypes', extremes)];

    for (const { name, datatype, shape } of extremes) {
      expect(binary[`${name}_out`]).toMatchObject({ datatype, shape });
    }
    expect(raw).toEqual(binary);
    expect(binary['int64_out']?.hex).toBe('0000000000000080' + '0100000000002000');
    expect(binary['float16_out']?.hex).toBe('5535' + 'fffb');
  });

  it('answers typed rows, rows of the protocol and tensors of the session with the same numbers', async () => {
    const rows = penguin(30, [], 'FP64');
    const typedRows = Array.from({ length: 30 }, (_, row) =>
      Object.fromEntries(rows.map(({ name, values }) => [name, Number.isNaN(values[row]) ? null : values[row]])),
    );

    const typed = (await predict(server.url, 'penguins', typedRows)).json.predictions as {
      label: string;
      probabilities: Record<string, number>;
    }[];
    const row = await grpc.raw('penguins', rows, { level: 'row' });
    const tensor = await restBinary(server.url)('penguins', penguin(30, [1], 'FP32'));

    const doubles = Buffer.from(row['probabilities']!.hex, 'hex');
    const floats = Buffer.from(tensor['output_probability']!.hex, 'hex');
    typed.forEach(({ probabilities }, index) => {
      Object.values(probabilities).forEach((probability, column) => {
        expect(doubles.readDoubleLE((index * 3 + column) * 8)).toBe(probability);
        expect(floats.readFloatLE((index * 3 + column) * 4)).toBe(Math.fround(probability));
      });
    });
    expect(tensor['output_label']!.hex).toBe(row['label']!.hex);
  });

  it.each<[string, string, readonly TestTensor[], RegExp]>([
    ['an unknown model', 'nope', pixels(1), /Request for unknown model: 'nope' is not found/],
    ['an unknown input', 'digits', [{ ...pixels(1)[0]!, name: 'picture' }], /picture/],
    [
      'another datatype',
      'digits',
      [{ ...pixels(1)[0]!, datatype: 'FP64' }],
      /expected FP32 \[-1, 1, 28, 28\].*got FP64 \[1, 1, 28, 28\]/,
    ],
    ['another shape', 'digits', [{ ...pixels(1)[0]!, shape: [1, 28, 28] }], /expected FP32 \[-1, 1, 28, 28\]/],
    [
      'no rows',
      'digits',
      [{ name: 'image', datatype: 'FP32', shape: [0, 1, 28, 28], values: [] }],
      /at least one row|batch/i,
    ],
    [
      'a file that is no picture',
      'digits',
      [{ name: 'image', datatype: 'BYTES', shape: [1], values: [Buffer.from('text')] }],
      /image/,
    ],
    ['a missing input', 'penguins', penguin(1, [1], 'FP32').slice(1), /island/],
  ])('refuses %s in the same words', async (_what, model, inputs, words) => {
    for (const transport of Object.values(transports)) await expect(transport(model, inputs)).rejects.toThrow(words);
  });
});
