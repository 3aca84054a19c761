import type { Clock } from '../clock.ts';

export interface FakeClock extends Clock {
  /** Delays asked for, in order, without the call's own deadline. */
  readonly slept: readonly number[];
}

/** A clock on which waiting takes no time: short delays pass at once and move it on, the deadline of a call never comes. */
export function fakeClock(random = 0.5): FakeClock {
  let elapsedMs = 0;
  const slept: number[] = [];
  return {
    slept,
    nowMs: () => elapsedMs,
    wallMs: () => Date.parse('2026-11-23T12:00:00Z') + elapsedMs,
    random: () => random,
    schedule: (callback, delayMs) => {
      if (delayMs >= 30_000) return () => {};
      slept.push(delayMs);
      elapsedMs += delayMs;
      queueMicrotask(callback);
      return () => {};
    },
  };
}
