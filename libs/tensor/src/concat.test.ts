import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, sliceRows } from './concat.ts';
import { tensor } from './tensor.ts';
import { anyTensor } from './testing/any-tensor.ts';

describe('concat and sliceRows', () => {
  it('are the reverse of each other, wherever the cuts are', () => {
    fc.assert(
      fc.property(
        anyTensor.filter(({ shape }) => shape.length > 0),
        fc.array(fc.nat(), { maxLength: 4 }),
        (whole, cuts) => {
          const rows = whole.shape[0] ?? 0;
          const bounds = [0, ...cuts.map((cut) => cut % (rows + 1)), rows].sort((left, right) => left - right);
          const parts = bounds.slice(1).map((to, index) => sliceRows(whole, bounds[index] ?? 0, to));

          expect(concat(parts)).toEqual(whole);
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  it('slices typed arrays as views', () => {
    const data = Float32Array.from([1, 2, 3, 4, 5, 6]);

    const rows = sliceRows(tensor('float32', [3, 2], data), 1, 3);

    expect(rows).toEqual(tensor('float32', [2, 2], Float32Array.from([3, 4, 5, 6])));
    expect((rows.data as Float32Array).buffer).toBe(data.buffer);
  });

  it.each([
    ['another dtype', tensor('float64', [1, 2], Float64Array.from([1, 2]))],
    ['another width', tensor('float32', [1, 3], Float32Array.from([1, 2, 3]))],
    ['another rank', tensor('float32', [2], Float32Array.from([1, 2]))],
  ])('joins nothing of %s', (_what, other) => {
    const first = tensor('float32', [1, 2], Float32Array.from([1, 2]));

    expect(() => concat([first, other])).toThrow(expect.objectContaining({ code: 'STACK_MISMATCH' }) as Error);
  });

  it('refuses rows that are not there', () => {
    const two = tensor('int8', [2], Int8Array.from([1, 2]));

    for (const [from, to] of [
      [-1, 1],
      [0, 3],
      [2, 1],
    ] as const)
      expect(() => sliceRows(two, from, to)).toThrow(expect.objectContaining({ code: 'INVALID_SHAPE' }) as Error);
  });
});
