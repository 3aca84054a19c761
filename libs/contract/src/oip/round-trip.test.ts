import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dtypes, tensor, tensorBytes } from '@web-single/tensor';
import type { Dtype, Tensor } from '@web-single/tensor';
import { parseJson } from '../parse-json.ts';
import { decodeInferJson } from './decode-infer-json.ts';
import { encodeInferResponse } from './encode-infer-response.ts';
import type { WireTensor } from './message.ts';
import { splitInferBody } from './split-infer-body.ts';
import { requestOf } from './testing/oip-models.ts';
import { wireTensor } from './wire-tensor.ts';

const fixedSize = (Object.keys(dtypes) as Dtype[]).filter(
  (dtype): dtype is Exclude<Dtype, 'string'> => dtype !== 'string',
);

/** Any bits at all: NaN payloads, subnormals, both zeros, extremes of every integer. */
const anyBits = (dtype: Exclude<Dtype, 'string'>): fc.Arbitrary<Tensor> =>
  fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })).chain(([rows, columns]) => {
    const length = rows * columns * dtypes[dtype].bytesPerElement!;
    const extreme = fc.constantFrom(0, 1, 0x7f, 0x80, 0xff);
    const byte =
      dtype === 'bool' ? fc.integer({ min: 0, max: 1 }) : fc.oneof(extreme, fc.integer({ min: 0, max: 255 }));
    return fc.array(byte, { minLength: length, maxLength: length }).map((bytes) => {
      const { arrayType } = dtypes[dtype] as unknown as { arrayType: new (buffer: ArrayBuffer) => Uint8Array };
      return tensor<Dtype>(dtype, [rows, columns], new arrayType(Uint8Array.from(bytes).buffer));
    });
  });

const anyTexts: fc.Arbitrary<Tensor> = fc
  .array(
    fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
    { maxLength: 5 },
  )
  .map((texts) => tensor('string', [texts.length], texts));

/** Encodes as a response, then decodes its body as if it were a request: the two differ in the names of the lists only. */
const roundTrip = (source: Tensor, binaryOutputs: boolean, offset = 0): WireTensor => {
  const response = { modelName: 'm', modelVersion: '1', outputs: [wireTensor('x', source)] };
  const { chunks, headerLength, sizeBytes } = encodeInferResponse(response, requestOf({ binaryOutputs }));
  const body = new Uint8Array(offset + sizeBytes);
  let at = offset;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  expect(at).toBe(body.length);
  const parts = splitInferBody(body.subarray(offset), headerLength === undefined ? undefined : String(headerLength));
  if ('raw' in parts) throw new Error('Expected JSON.');
  const { outputs } = parseJson(parts.json, { maxDepth: 100, exactIntegers: true }) as { outputs: unknown };
  return decodeInferJson({ inputs: outputs }, parts.binary, 'm').inputs[0]!;
};

describe.each(fixedSize)('a tensor of %s', (dtype) => {
  it('keeps its bits as bytes, wherever they lie', () => {
    fc.assert(
      fc.property(anyBits(dtype), fc.integer({ min: 0, max: 8 }), (source, offset) => {
        const got = roundTrip(source, true, offset);

        expect(got).toMatchObject({ shape: source.shape, tensor: { dtype } });
        expect('tensor' in got && Array.from(tensorBytes(got.tensor))).toEqual(Array.from(tensorBytes(source)));
      }),
      { seed: 21, numRuns: 200 },
    );
  });
});

describe.each(fixedSize.filter((dtype) => dtype !== 'float16'))('a tensor of %s', (dtype) => {
  it('keeps its values in JSON, where infinities become NaN', () => {
    const asJson = (values: Tensor): readonly unknown[] =>
      Array.from(values.data as Float64Array, (value) =>
        typeof value === 'number' && !Number.isFinite(value) ? NaN : value,
      );

    fc.assert(
      fc.property(anyBits(dtype), (source) => {
        const got = roundTrip(source, false);

        expect('tensor' in got && got.tensor.dtype).toBe(dtype);
        expect('tensor' in got && asJson(got.tensor)).toEqual(asJson(source));
      }),
      { seed: 22, numRuns: 200 },
    );
  });
});

it('keeps every float16 as bytes: subnormals, infinities, NaN with their bits', () => {
  const source = tensor(
    'float16',
    [65536],
    Uint16Array.from({ length: 65536 }, (_, bits) => bits),
  );
  const got = roundTrip(source, true, 1);

  expect('tensor' in got && got.tensor.data).toEqual(source.data);
});

it.each([true, false])('keeps texts, as bytes: %s', (binaryOutputs) => {
  fc.assert(
    fc.property(anyTexts, (source) => {
      const got = roundTrip(source, binaryOutputs);

      expect(
        'elements' in got &&
          got.elements.map((element) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(element)),
      ).toEqual(source.data);
    }),
    { seed: 23, numRuns: 200 },
  );
});
