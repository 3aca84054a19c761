import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeValue } from './encode-value.ts';
import { encodePrediction, failedRowSchema, predictResponseSchema } from './predict-response.ts';
import { writeJson } from './write-json.ts';

const model = { name: 'penguins', version: '1.0.0', digest: 'sha256:00' };
const timing = { queueMs: 0.12345, preprocessMs: 0, inferMs: 1, postprocessMs: 0, totalMs: 1.2 };

describe('encodePrediction', () => {
  it('writes identity, one prediction per row and timings to a microsecond', () => {
    const text = encodePrediction({ model, answers: [{ outputs: { label: 'Adelie' } }], timing });

    expect(predictResponseSchema.parse(JSON.parse(text))).toEqual({
      model,
      predictions: [{ label: 'Adelie' }],
      timing: { ...timing, queueMs: 0.123 },
    });
  });

  it('names the overrides that had a part in it', () => {
    const text = encodePrediction({ model: { ...model, overrides: '0123456789ab' }, answers: [], timing });

    expect(predictResponseSchema.parse(JSON.parse(text)).model).toEqual({ ...model, overrides: '0123456789ab' });
  });

  it('puts an error in the place of a bad row', () => {
    const details = [{ row: 1, field: 'x', expected: 'number', got: 'null' }];
    const error = Object.assign(new Error('Row 1 is wrong.'), { code: 'INPUT_MISMATCH' as const, details });

    const { predictions } = predictResponseSchema.parse(
      JSON.parse(encodePrediction({ model, answers: [{ outputs: { y: 1 } }, { error }], timing })),
    );

    expect(predictions[0]).toEqual({ y: 1 });
    expect(failedRowSchema.parse(predictions[1])).toEqual({
      error: { code: 'INPUT_MISMATCH', detail: 'Row 1 is wrong.', details },
    });
  });

  it('keeps the order of labels and fields named __proto__', () => {
    const outputs = Object.fromEntries([
      ['b', 1],
      ['a', 2],
      ['__proto__', 3],
    ]);

    expect(encodePrediction({ model, answers: [{ outputs }], timing })).toContain('[{"b":1,"a":2,"__proto__":3}]');
  });
});

describe('encodeValue and writeJson', () => {
  const write = (value: Parameters<typeof encodeValue>[0]): string => writeJson(encodeValue(value));

  it('prints integers beyond 2^53 exactly, as JSON integers', () => {
    const data = new BigInt64Array([1n, 9007199254740993n]);

    expect(write({ dtype: 'int64', shape: [2], data })).toBe('[1,9007199254740993]');
    expect(write({ a: [18446744073709551615n, 'x"y', true, null] })).toBe(
      '{"a":[18446744073709551615,"x\\"y",true,null]}',
    );
  });

  it('nests tensors in row-major order', () => {
    expect(write({ dtype: 'float32', shape: [2, 2], data: new Float32Array([1, 2.5, 3, 4]) })).toBe('[[1,2.5],[3,4]]');
    expect(write({ dtype: 'bool', shape: [2], data: new Uint8Array([0, 1]) })).toBe('[false,true]');
    expect(write({ dtype: 'float64', shape: [], data: new Float64Array([7]) })).toBe('7');
  });

  it('writes NaN and infinities as null', () => {
    expect(write([NaN, Infinity, -Infinity, 1])).toBe('[null,null,null,1]');
    expect(write({ dtype: 'float32', shape: [2], data: new Float32Array([NaN, 1]) })).toBe('[null,1]');
  });

  it('writes bytes as base64', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 256);

    expect(encodeValue(bytes)).toEqual({ base64: Buffer.from(bytes).toString('base64') });
  });

  it('prints any JSON value as JSON.stringify does, also beside a bigint', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as never;

        expect(writeJson(plain)).toBe(JSON.stringify(plain));
        expect(writeJson([plain, 2n ** 64n])).toBe(`[${JSON.stringify(plain)},18446744073709551616]`);
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});
