import type { StartedEngine } from '@web-single/model-runtime';
import type { CostPoint } from '../batch-cost.ts';
import type { FakeEngine } from './fake-engine.ts';

/** What `startEngine` gives for a fake: up to four rows a run, as long as `curve` says, no golden case. */
export function startedWith(engine: FakeEngine, curve: readonly CostPoint[] = []): StartedEngine {
  return {
    engine,
    calibration: { curve, maxRows: 4, placement: 'process' },
    goldenReport: { cases: 0, failures: [] },
    warnings: [],
    // Serving reads nothing else of it.
  } as never;
}
