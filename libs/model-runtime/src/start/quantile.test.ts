import { describe, expect, it } from 'vitest';
import { quantile, quietQuantile } from './quantile.ts';

describe('quantile', () => {
  it('takes the nearest rank', () => {
    expect([quantile([3, 1, 2, 4], 0.5), quantile([1], 0.99), quantile([1, 2, 3], 1)]).toEqual([2, 1, 3]);
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('quietQuantile', () => {
  it('does not see a pause now and then', () => {
    const samples = Array.from({ length: 100 }, (_, index) => (index % 45 === 0 ? 50 : 1));

    expect(quietQuantile(samples, 0.99)).toBe(1);
  });

  it('sees what every stretch has', () => {
    const samples = Array.from({ length: 100 }, (_, index) => (index % 10 === 0 ? 5 : 1));

    expect(quietQuantile(samples, 0.99)).toBe(5);
  });

  it('takes the largest of a few samples', () => {
    expect(quietQuantile([1, 9, 2], 0.99)).toBe(9);
  });
});
