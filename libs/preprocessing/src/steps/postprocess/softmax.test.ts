import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runStep } from '../../testing/run-step.ts';
import { softmaxInPlace } from './softmax.ts';

function softmaxOf(logits: readonly number[]): Float64Array {
  const scores = Float64Array.from(logits);
  softmaxInPlace(scores);
  return scores;
}

const logits = fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 20 });

describe('softmax', () => {
  it('sums to 1 and lies between 0 and 1', () => {
    fc.assert(
      fc.property(logits, (values) => {
        const scores = softmaxOf(values);

        // The sum of k correctly rounded quotients is off by at most k half-ulps.
        expect(Math.abs(scores.reduce((sum, score) => sum + score, 0) - 1)).toBeLessThan(1e-14);
        expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
      }),
      { seed: 1 },
    );
  });

  it('does not change when all logits grow by the same', () => {
    const integers = fc.array(fc.integer({ min: -700, max: 700 }), { minLength: 1, maxLength: 20 });

    fc.assert(
      fc.property(integers, fc.integer({ min: -1e9, max: 1e9 }), (values, shift) => {
        expect(softmaxOf(values.map((value) => value + shift))).toEqual(softmaxOf(values));
      }),
      { seed: 1 },
    );
  });

  it('subtracts the maximum, not the largest magnitude', () => {
    expect(softmaxOf([-1000, 0])).toEqual(Float64Array.of(0, 1));
    expect(softmaxOf([1000, 1000])).toEqual(Float64Array.of(0.5, 0.5));
  });

  it('works on the last axis of a tensor and gives float64', async () => {
    const x = { dtype: 'float32', shape: [2, 2], data: Float32Array.of(5, 5, -900, 900) } as const;

    expect(await runStep({ step: 'softmax', field: 'x', as: 'p' }, { x })).toEqual({
      p: { dtype: 'float64', shape: [2, 2], data: Float64Array.of(0.5, 0.5, 0, 1) },
    });
  });

  it('keeps an array an array and reads float16', async () => {
    const half = { dtype: 'float16', shape: [2], data: Uint16Array.of(0x3c00, 0x3c00) } as const;

    expect(await runStep({ step: 'softmax', field: 'x' }, { x: [3, 3] })).toEqual({ x: [0.5, 0.5] });
    expect(await runStep({ step: 'softmax', field: 'x' }, { x: half })).toMatchObject({
      x: { data: Float64Array.of(0.5, 0.5) },
    });
  });
});
