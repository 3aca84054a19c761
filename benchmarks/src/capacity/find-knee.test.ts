import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findKnee } from './find-knee.ts';
import type { LoadOutcome } from './open-loop.ts';

/** A server that keeps 10 ms up to its capacity and refuses above. */
const serverOf =
  (capacity: number) =>
  async (rate: number): Promise<LoadOutcome> => ({
    ratePerSecond: rate,
    answeredPerSecond: Math.min(rate, capacity),
    refused: rate > capacity ? Math.ceil(rate - capacity) : 0,
    failed: 0,
    p50Ms: 5,
    p99Ms: rate > capacity ? 200 : 10,
  });

describe('findKnee', () => {
  it('finds a capacity to an eighth of its octave, from below', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 100, max: 100_000 }), async (capacity) => {
        const { best } = await findKnee({ p99GoalMs: 20, firstRatePerSecond: 100, measure: serverOf(capacity) });
        expect(best?.ratePerSecond).toBeLessThanOrEqual(capacity);
        expect(best?.ratePerSecond).toBeGreaterThan((capacity * 8) / 9 - 1);
      }),
    );
  });

  it('finds a rate below the first where that is too much', async () => {
    const { best } = await findKnee({ p99GoalMs: 20, firstRatePerSecond: 100, measure: serverOf(60) });
    expect(best?.ratePerSecond).toBe(56.25);
  });

  it('gives a rate that missed the goal a second try', async () => {
    const server = serverOf(1000);
    const tried = new Set<number>();
    const measure = async (rate: number): Promise<LoadOutcome> => {
      const outcome = await server(rate);
      if (tried.has(rate)) return outcome;
      tried.add(rate);
      return { ...outcome, p99Ms: 500 };
    };
    const { best } = await findKnee({ p99GoalMs: 20, firstRatePerSecond: 100, measure });
    expect(best?.ratePerSecond).toBe(1000);
  });

  it('has none where no rate keeps the goal', async () => {
    const { best, steps } = await findKnee({ p99GoalMs: 1, firstRatePerSecond: 100, measure: serverOf(1000) });
    expect(best).toBeUndefined();
    expect(steps).toHaveLength(8);
  });
});
