/** Monotonic time and timers, injected so that tests move time themselves. */
export interface Clock {
  /** Milliseconds, monotonic, as `performance.now()`. */
  now(): number;
  /** Runs `callback` after `delayMs`; returns what cancels it. */
  schedule(callback: () => void, delayMs: number): () => void;
  /** Runs `callback` once the current event-loop tick has read what was ready. */
  nextTick(callback: () => void): void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  nextTick: (callback) => void setImmediate(callback),
};
