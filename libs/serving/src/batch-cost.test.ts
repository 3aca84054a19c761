import { describe, expect, it } from 'vitest';
import { BatchCost } from './batch-cost.ts';

const curve = [
  { rows: 1, p50Ms: 2 },
  { rows: 2, p50Ms: 3 },
  { rows: 4, p50Ms: 5 },
];

describe('BatchCost', () => {
  it('begins with what was measured, in proportion beyond it', () => {
    const cost = new BatchCost(8, curve);

    expect([1, 2, 3, 4, 8].map((rows) => cost.batchMs(rows))).toEqual([2, 3, 5, 5, 10]);
    expect(new BatchCost(4, []).batchMs(1)).toBe(1);
  });

  it('adds up the batches that rows fill', () => {
    const cost = new BatchCost(4, curve);

    expect([0, 1, 4, 5, 9].map((rows) => cost.totalMs(rows))).toEqual([0, 2, 5, 7, 12]);
  });

  it('learns each size by itself', () => {
    const cost = new BatchCost(4, curve);
    for (let batch = 0; batch < 50; batch += 1) cost.observe(4, 100);

    expect(cost.batchMs(4)).toBeCloseTo(100, 1);
    expect(cost.batchMs(1)).toBe(2);
  });

  it('counts a batch beyond the largest as the largest', () => {
    const cost = new BatchCost(4, curve);
    cost.observe(1000, 5);

    expect(cost.batchMs(1000)).toBe(5);
  });
});
