import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dtype } from './dtype.ts';
import { fromNested } from './from-nested.ts';
import { tensor } from './tensor.ts';
import type { Dim } from './tensor-spec.ts';
import { anyTensor } from './testing/any-tensor.ts';
import { toNested } from './to-nested.ts';

function problemsOf(value: unknown, dtype: Dtype, dims: readonly Dim[], maxProblems?: number) {
  const result = fromNested(value, dtype, dims, maxProblems === undefined ? {} : { maxProblems });
  return 'problems' in result ? result.problems : [];
}

describe('toNested and fromNested', () => {
  it('give the same tensor back for every dtype and shape', () => {
    fc.assert(
      fc.property(anyTensor, (original) => {
        expect(fromNested(toNested(original), original.dtype, original.shape)).toEqual({ tensor: original });
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('go through JSON without a change', () => {
    const original = tensor('float32', [2, 1, 2], new Float32Array([0.1, -0, 3.4028234663852886e38, 1e-45]));

    // JSON writes −0 as 0; everything else keeps its bits.
    expect(fromNested(JSON.parse(JSON.stringify(toNested(original))), 'float32', [2, 1, 2])).toEqual({
      tensor: tensor('float32', [2, 1, 2], new Float32Array([0.1, 0, 3.4028234663852886e38, 1e-45])),
    });
  });
});

describe('toNested', () => {
  it('gives a scalar for the shape []', () => {
    expect(toNested(tensor('bool', [], new Uint8Array([1])))).toBe(true);
    expect(toNested(tensor('float16', [], new Uint16Array([0x3c00])))).toBe(1);
  });

  it('keeps zero-size dimensions', () => {
    expect(toNested(tensor('uint8', [2, 0], new Uint8Array(0)))).toEqual([[], []]);
    expect(toNested(tensor('uint8', [0, 2], new Uint8Array(0)))).toEqual([]);
  });

  it('gives 64-bit integers as numbers only where that is exact', () => {
    const big = tensor('int64', [2], new BigInt64Array([2n ** 53n - 1n, 2n ** 53n + 1n]));

    expect(toNested(big)).toEqual([9007199254740991, 9007199254740993n]);
    expect(toNested(big, { unsafeInteger: 'string' })).toEqual([9007199254740991, '9007199254740993']);
    expect(() => toNested(big, { unsafeInteger: 'error' })).toThrow(
      expect.objectContaining({ code: 'NOT_REPRESENTABLE' }),
    );
  });

  it('gives null for what JSON has no number for', () => {
    const odd = tensor('float64', [3], new Float64Array([NaN, -Infinity, 1]));

    expect(toNested(odd)).toEqual([null, null, 1]);
    expect(toNested(odd, { nonFinite: 'keep' })).toEqual([NaN, -Infinity, 1]);
    expect(() => toNested(odd, { nonFinite: 'error' })).toThrow('element 0');
    expect(toNested(tensor('float16', [1], new Uint16Array([0x7c00])))).toEqual([null]);
  });
});

describe('fromNested', () => {
  it.each([
    ['a numeral', '2', 'float32', '"2" (string)'],
    ['null', null, 'float32', 'null'],
    ['true', true, 'float64', 'true (boolean)'],
    ['an array', [5], 'float32', 'array of 1'],
    ['an object', {}, 'int32', 'object with 0 fields'],
    ['nothing', undefined, 'float32', 'nothing'],
    ['1e999', JSON.parse('1e999'), 'float64', 'Infinity, not a number that fits'],
    ['NaN', NaN, 'float32', 'NaN'],
    ['a finite number over the range', 3.5e38, 'float32', '3.5e+38'],
    ['a finite number over the range', -65520, 'float16', '-65520'],
    ['300', 300, 'uint8', '300'],
    ['-129', -129, 'int8', '-129'],
    ['-1', -1, 'uint64', '-1'],
    ['a fraction', 1.5, 'int32', '1.5'],
    ['a fraction', 1.5, 'int64', '1.5'],
    ['a numeral', '2', 'int64', '"2" (string)'],
    ['2^53', 2 ** 53, 'int64', '9007199254740992'],
    ['2^64', 2n ** 64n, 'uint64', '18446744073709551616'],
    ['a bigint', 1n, 'int32', '1'],
    ['1', 1, 'bool', '1'],
    ['a number', 1, 'string', '1'],
    ['a NUL', 'a\0b', 'string', '"a\\u{0}b" (string)'],
    ['half a surrogate pair', '\ud800', 'string', '"\\u{d800}" (string)'],
  ] as const)('refuses %s (%s) as %s', (_name, value, dtype, got) => {
    expect(problemsOf(value, dtype, [])).toMatchObject([{ path: '', got }]);
    expect(problemsOf([[value]], dtype, [1, 1])).toMatchObject([{ path: '[0][0]', got }]);
  });

  it('says where JSON lost digits', () => {
    expect(problemsOf([JSON.parse('9007199254740993')], 'int64', [1])[0]!.hint).toContain('digits were already lost');
  });

  it('takes bigints up to the bounds of the 64-bit integers', () => {
    const bounds = [-(2n ** 63n), 2n ** 63n - 1n];

    expect(fromNested(bounds, 'int64', [2])).toEqual({ tensor: tensor('int64', [2], new BigInt64Array(bounds)) });
  });

  it('gives a dynamic dimension the size that came', () => {
    const result = fromNested([[1, 2, 3]], 'uint8', ['rows', null]);

    expect(result).toEqual({ tensor: tensor('uint8', [1, 3], new Uint8Array([1, 2, 3])) });
    expect(fromNested([], 'uint8', [null, null])).toEqual({ tensor: tensor('uint8', [0, 0], new Uint8Array(0)) });
  });

  it('holds dimensions of one name to one size', () => {
    expect(
      problemsOf(
        [
          [1, 2, 3],
          [1, 2, 3],
        ],
        'uint8',
        ['n', 'n'],
      ),
    ).toMatchObject([{ path: '[0]', expected: 'array of 2 (uint8 [n, n])', got: 'array of 3' }, { path: '[1]' }]);
  });

  it('names ragged arrays, wrong lengths and wrong depths by their path', () => {
    expect(problemsOf([[1, 2], [1], 3, [[1], 2]], 'float32', [null, 2])).toEqual([
      { path: '[1]', expected: 'array of 2 (float32 [?, 2])', got: 'array of 1' },
      { path: '[2]', expected: 'array of 2 (float32 [?, 2])', got: '3' },
      { path: '[3][0]', expected: 'finite number (float32)', got: 'array of 1' },
    ]);
    expect(problemsOf(5, 'float32', [null, 2])).toMatchObject([{ path: '', expected: 'array (float32 [?, 2])' }]);
    expect(problemsOf([1, 2, 3], 'float32', [2])).toMatchObject([{ path: '', got: 'array of 3' }]);
    expect(problemsOf([1, 2], 'float32', [1, 2])).toMatchObject([
      { path: '', expected: 'array of 1 (float32 [1, 2])' },
      { path: '[0]', got: '1' },
      { path: '[1]', got: '2' },
    ]);
  });

  it('sees the holes of a sparse array', () => {
    const sparse: unknown[] = [];
    sparse[1] = [1];

    expect(problemsOf(sparse, 'uint8', [2, 1])).toMatchObject([{ path: '[0]', got: 'nothing' }]);
  });

  it('collects all problems up to the cap', () => {
    const bad = Array.from({ length: 50 }, () => 'x');

    expect(problemsOf(bad, 'float32', [50])).toHaveLength(20);
    expect(problemsOf(bad, 'float32', [50], 3).map(({ path }) => path)).toEqual(['[0]', '[1]', '[2]']);
  });

  it('allocates nothing for sizes that were not sent', () => {
    const rows = Array.from({ length: 1000 }, () => []);

    expect(problemsOf(rows, 'float64', [null, 2 ** 30])).toHaveLength(20);
  });

  it('never throws, and never lets a value through that changes', () => {
    const dims = fc.array(fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 3 })), { maxLength: 3 });
    const dtype = fc.constantFrom<Dtype>('float64', 'int32', 'uint8', 'int64', 'bool', 'string');

    fc.assert(
      fc.property(fc.jsonValue(), dtype, dims, (value, ...spec) => {
        const result = fromNested(value, ...spec);
        if ('tensor' in result) expect(normalizeZero(toNested(result.tensor))).toEqual(normalizeZero(value));
        else expect(result.problems).not.toHaveLength(0);
      }),
      { seed: 6, numRuns: 2000 },
    );
  });
});

/** Integers have no −0. */
function normalizeZero(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
