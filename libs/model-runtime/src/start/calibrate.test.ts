import { describe, expect, it } from 'vitest';
import type { Row } from '@web-single/tensor';
import type { LoadedModel } from '../loaded-model.ts';
import { calibrate, type Stopwatch } from './calibrate.ts';

const budgetMs = 20;
const runMs = 0.01;

interface Machine {
  readonly model: LoadedModel;
  readonly stopwatch: Stopwatch;
}

/** A machine whose runs take 10 µs each, but for `first` of the first run of `rows` rows; only runs take time. */
const machineThat = (first: { rows: number; tookMs: number; interrupted: boolean }): Machine => {
  let nowMs = 0;
  let interruptions = 0;
  let isQuiet = false;
  const runBatch = (batch: readonly unknown[]) => {
    const isFirst = !isQuiet && batch.length === first.rows;
    isQuiet ||= isFirst;
    nowMs += isFirst ? first.tookMs : runMs;
    if (isFirst && first.interrupted) interruptions++;
    return Promise.resolve({ outcomes: batch.map(() => ({ outputs: {} })), timing: {} });
  };
  return {
    model: { layout: { batched: true }, decodes: false, runBatch } as unknown as LoadedModel,
    stopwatch: { now: () => nowMs, interruptions: () => interruptions },
  };
};

describe('calibrate', () => {
  it.each([false, true])(
    'asks a tiny model again where one busy moment has taken all of the time (interruption seen: %s)',
    async (interrupted) => {
      const { model, stopwatch } = machineThat({ rows: 16, tookMs: 2 * budgetMs, interrupted });

      const { curve } = await calibrate(model, { rows: [{}], budgetMs, stopwatch });

      expect(curve.at(-1)!.rows).toBe(16);
      expect(curve.at(-1)!.p99Ms).toBeCloseTo(runMs);
    },
  );

  it('measures every size where each costs less per row than the one before', async () => {
    const { model, stopwatch } = machineThat({ rows: 1, tookMs: runMs, interrupted: false });

    const { curve } = await calibrate(model, { rows: [{}], budgetMs, stopwatch });

    expect(curve.map(({ rows }) => rows)).toEqual([1, 2, 4, 8, 16, 32, 64]);
    for (const { p50Ms } of curve) expect(p50Ms).toBeCloseTo(runMs);
  });

  it('compares sizes by the same row, however much dearer others are', async () => {
    let nowMs = 0;
    const runBatch = (batch: readonly Row[]) => {
      nowMs += batch.reduce((sumMs, { costMs }) => sumMs + Number(costMs), 1);
      return Promise.resolve({ outcomes: batch.map(() => ({ outputs: {} })), timing: {} });
    };
    const model = { layout: { batched: true }, decodes: true, runBatch } as unknown as LoadedModel;
    const rows = [{ costMs: 1 }, { costMs: 1 }, { costMs: 1 }, { costMs: 50 }];

    const { curve } = await calibrate(model, {
      rows,
      budgetMs: 2000,
      mostRows: 8,
      stopwatch: { now: () => nowMs, interruptions: () => 0 },
    });

    expect(curve.map(({ p50Ms }) => p50Ms)).toEqual([2, 3, 5, 9]);
  });
});
