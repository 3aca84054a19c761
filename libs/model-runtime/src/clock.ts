/** Monotonic time and timers, injected so that tests move time themselves. */
export interface Clock {
  /** Milliseconds, monotonic, as `performance.now()`. */
  now(): number;
  /** Runs `callback` after `delayMs`; returns what cancels it. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** Longer delays overflow the timer's 32 bits and would fire at once. */
const longestDelayMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, Math.min(Math.max(delayMs, 0), longestDelayMs));
    return () => clearTimeout(timer);
  },
};
