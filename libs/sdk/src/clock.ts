/** Time and chance, so that tests need neither. */
export interface Clock {
  /** Monotonic. */
  nowMs(): number;
  /** Since 1970, for a `Retry-After` that is a date. */
  wallMs(): number;
  /** Calls back once after `delayMs`; returns how to cancel. */
  schedule(callback: () => void, delayMs: number): () => void;
  /** 0 ≤ random < 1. */
  random(): number;
}

/** Longest delay a timer takes; longer ones would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  // eslint-disable-next-line no-restricted-syntax -- a time of day, no duration
  wallMs: () => Date.now(),
  schedule: (callback, delayMs) => {
    const timer = setTimeout(callback, Math.min(delayMs, MAX_TIMER_MS));
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
