import { numberToFloat16, type Dtype, type Row, type TensorSpec, type Value } from '@web-single/tensor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowTensors } from './row-tensors.ts';
import { feedsOf } from './run-session.ts';
import { scalarFeeds, takesScalars } from './scalar-feeds.ts';

const spec = (dtype: Dtype, dims: TensorSpec['dims'] = ['batch', 1]): TensorSpec => ({ name: dtype, dtype, dims });
const inputs = (['float32', 'float64', 'int64', 'uint8', 'bool', 'string'] as const).map((dtype) => spec(dtype));

/** What the general way makes of the rows; undefined where a row has a problem. */
const generally = (rows: readonly Row[], sessionInputs: readonly TensorSpec[]): unknown => {
  const shaped = rows.map((row) =>
    rowTensors(
      row,
      sessionInputs.map((input) => ({ ...input, dims: input.dims.slice(1) })),
    ),
  );
  const tensors = shaped.flatMap((row) => ('tensors' in row ? [row.tensors] : []));
  if (tensors.length < rows.length) return undefined;
  return feedsOf({ sessionInputs, batchable: true } as never, tensors);
};

describe('scalarFeeds', () => {
  it('makes the feeds that the general way makes, or leaves it to tell why not', () => {
    const value: fc.Arbitrary<Value> = fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom<Value>(1, 0, 255, true, 'a', null, -1.5) },
      fc.constantFrom<Value>(NaN, Infinity, 1e39, 3n, 2 ** 53, 'a\0', '\ud800', [1], { a: 1 }, new Uint8Array(2)),
      fc.double(),
    );
    const typical = { float32: 1.5, float64: 0.1, int64: 3, uint8: 255, bool: true, string: 'a' };
    const row = fc
      .tuple(
        fc.constant(typical),
        fc.dictionary(fc.constantFrom(...inputs.map(({ name }) => name)), value, { maxKeys: 2 }),
      )
      .map(([usual, odd]): Row => ({ ...usual, ...odd }));

    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
        const feeds = scalarFeeds(rows, inputs);
        if (feeds !== undefined) expect(feeds).toEqual(generally(rows, inputs));
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  it('takes what most models are given, missing numbers too', () => {
    const sessionInputs = [spec('float32', ['batch', 1]), spec('string', [null])];

    const feeds = scalarFeeds(
      [
        { float32: 1, string: 'a' },
        { float32: null, string: 'b' },
      ],
      sessionInputs,
    );

    expect(feeds).toEqual({
      float32: { dtype: 'float32', shape: [2, 1], data: Float32Array.of(1, NaN) },
      string: { dtype: 'string', shape: [2], data: ['a', 'b'] },
    });
  });

  it('leaves rows without a value for an input to the general way', () => {
    expect(scalarFeeds([{}], [spec('float32')])).toBeUndefined();
  });

  it('leaves the missing half-precision number to the general way, which knows its bits', () => {
    expect(scalarFeeds([{ float16: null }], [spec('float16')])).toBeUndefined();
    expect(scalarFeeds([{ float16: 1.5 }], [spec('float16')])?.['float16']?.data[0]).toBe(numberToFloat16(1.5));
  });
});

describe('takesScalars', () => {
  it('says no where an input wants more than one element, or is called as something every object has', () => {
    expect(takesScalars([spec('float32'), spec('float64', ['batch'])])).toBe(true);
    expect(takesScalars([spec('float32', ['batch', 3])])).toBe(false);
    expect(takesScalars([{ ...spec('float32'), name: 'toString' }])).toBe(false);
  });
});
