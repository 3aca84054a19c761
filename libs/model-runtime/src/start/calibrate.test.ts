import { describe, expect, it } from 'vitest';
import type { LoadedModel } from '../loaded-model.ts';
import { calibrate } from './calibrate.ts';

const budgetMs = 20;

/** A model that takes no time, but for one run of `rows` rows in which the machine does something else. */
function interruptedOnce(rows: number): LoadedModel {
  let isQuiet = false;
  return {
    layout: { batched: true },
    decodes: false,
    runBatch: (batch: readonly unknown[]) => {
      const endMs = performance.now() + (batch.length === rows && !isQuiet ? 2 * budgetMs : 0);
      isQuiet ||= batch.length === rows;
      while (performance.now() < endMs);
      return Promise.resolve({ outcomes: batch.map(() => ({ outputs: {} })), timing: {} });
    },
  } as unknown as LoadedModel;
}

describe('calibrate', () => {
  it('asks a tiny model again where one busy moment has taken all of the time', async () => {
    const { curve } = await calibrate(interruptedOnce(16), { rows: [{}], budgetMs });

    expect(curve.at(-1)!.rows).toBe(16);
    expect(curve.at(-1)!.p99Ms).toBeLessThan(budgetMs);
  });
});
