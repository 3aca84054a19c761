import type { LoadOutcome } from './open-loop.ts';

/** Both tries of a rate whose p99s are so far apart that the machine, not the load, made one of them. */
export interface UnsteadyTries {
  readonly ratePerSecond: number;
  readonly p99Ms: readonly [first: number, second: number];
}

const FAR_APART = 5;

/** The rates whose two tries contradict each other. */
export function unsteadyTries(steps: readonly LoadOutcome[]): UnsteadyTries[] {
  return steps.flatMap(({ ratePerSecond, p99Ms: second }, index) => {
    const before = steps[index - 1];
    if (before?.ratePerSecond !== ratePerSecond) return [];
    const [low, high] = [before.p99Ms, second].sort((one, other) => one - other) as [number, number];
    return high >= low * FAR_APART ? [{ ratePerSecond, p99Ms: [before.p99Ms, second] as const }] : [];
  });
}
