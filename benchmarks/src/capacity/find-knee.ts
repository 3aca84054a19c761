import type { LoadOutcome } from './open-loop.ts';

export interface KneeSearch {
  readonly p99GoalMs: number;
  readonly firstRatePerSecond: number;
  readonly measure: (ratePerSecond: number) => Promise<LoadOutcome>;
}

export interface Knee {
  /** The highest rate that kept the goal; `undefined` where not even the first did. */
  readonly best: LoadOutcome | undefined;
  /** In the order they were measured. */
  readonly steps: readonly LoadOutcome[];
}

const HALVINGS = 3;

/**
 * The highest rate of requests that a server answers with 99 of 100 within the goal and none refused: doubles until the goal is
 * missed, then halves the gap three times, so that it is known to an eighth of its octave. A rate that misses the goal gets a second
 * try: machines have bad seconds.
 */
export async function findKnee({ p99GoalMs, firstRatePerSecond, measure }: KneeSearch): Promise<Knee> {
  const steps: LoadOutcome[] = [];
  let best: LoadOutcome | undefined;
  const isKept = async (rate: number): Promise<boolean> => (await isKeptNow(rate)) || isKeptNow(rate);
  const isKeptNow = async (rate: number): Promise<boolean> => {
    const outcome = await measure(rate);
    steps.push(outcome);
    const kept = outcome.p99Ms <= p99GoalMs && outcome.refused === 0 && outcome.failed === 0;
    if (kept) best = outcome;
    return kept;
  };
  let high = firstRatePerSecond;
  while (await isKept(high)) high *= 2;
  let low = high / 2;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (await isKept(middle)) low = middle;
    else high = middle;
  }
  return { best, steps };
}
