import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barsScale } from './bars-scale.ts';
import { heatScale } from './heat-scale.ts';
import { scoreBars } from './scores-scale.ts';
import { flatNumbers, rangeOf, shapeOf } from './tensor-shape.ts';

const numbers = fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 1 });

describe('bars of a vector', () => {
  it('stand on zero, up for more and down for less', () => {
    const { bars, zeroY } = barsScale([2, -1], { width: 10, height: 30 });

    expect(zeroY).toBe(20);
    expect(bars[0]).toMatchObject({ y: 0, height: 20 });
    expect(bars[1]).toMatchObject({ y: 20, height: 10 });
  });

  it('stay in the plot, whatever the numbers; none for what is not finite', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const { bars } = barsScale(values, { width: 480, height: 120 });
        bars.forEach((bar, index) => {
          expect(bar === null).toBe(values[index] === null);
          if (bar === null) return;
          expect(bar.x).toBeGreaterThanOrEqual(0);
          expect(bar.x + bar.width).toBeLessThanOrEqual(480.001);
          expect(bar.y).toBeGreaterThanOrEqual(-0.001);
          expect(bar.y + bar.height).toBeLessThanOrEqual(120.001);
        });
      }),
    );
  });
});

describe('bars of scores', () => {
  it('are shares of one where all scores are, else of the largest magnitude', () => {
    expect(scoreBars({ a: 0.25, b: 0.75 })).toEqual({
      areShares: true,
      bars: [
        { label: 'a', score: 0.25, share: 0.25, isBest: false },
        { label: 'b', score: 0.75, share: 0.75, isBest: true },
      ],
    });
    expect(scoreBars({ a: -4, b: 2 }).bars.map(({ share }) => share)).toEqual([1, 0.5]);
    expect(scoreBars({ a: -0.5, b: 0.25 })).toMatchObject({ areShares: false, bars: [{ share: 1 }, { share: 0.5 }] });
  });

  it('draw nothing for a score that is not finite', () => {
    expect(scoreBars({ a: null }).bars).toEqual([{ label: 'a', score: null, share: 0, isBest: false }]);
  });
});

describe('heat', () => {
  it('runs from the least to the most, or from zero where signs differ', () => {
    const plain = heatScale([10, 20, null]);
    const signed = heatScale([-4, 2]);

    expect([plain.strengthOf(10), plain.strengthOf(20)]).toEqual([0, 1]);
    expect([signed.strengthOf(-4), signed.strengthOf(2), signed.strengthOf(0)]).toEqual([1, 0.5, 0]);
    expect(heatScale([7, 7]).strengthOf(7)).toBe(1);
  });

  it('is from 0 to 1 for any number of the matrix', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const { strengthOf } = heatScale(values);
        for (const value of values) {
          if (value === null) continue;
          expect(strengthOf(value)).toBeGreaterThanOrEqual(0);
          expect(strengthOf(value)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('the shape of a tensor', () => {
  it('is read along its first elements', () => {
    expect(shapeOf(3)).toEqual([]);
    expect(
      shapeOf([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    ).toEqual([3, 2]);
    expect(shapeOf([])).toEqual([0]);
  });

  it('has its numbers in order, flags as 0 and 1', () => {
    expect(
      flatNumbers([
        [1, null],
        [true, 'x'],
      ]),
    ).toEqual([1, null, 1, null]);
    expect(rangeOf([3, null, -1])).toEqual({ min: -1, max: 3 });
    expect(rangeOf([null])).toEqual({ min: 0, max: 0 });
  });
});
