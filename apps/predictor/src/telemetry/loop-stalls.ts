const TICK_MS = 10;

/** What the watch needs of time. */
export interface LoopClock {
  now(): number;
  schedule(callback: () => void, delayMs: number): () => void;
}

/**
 * Measures how long the event loop keeps others waiting: a timer of 10 ms, and by how much it comes too late. `observe` gets
 * each lateness in ms, at least 0; a stall of `n` ms is seen as one of `n` less at most 10. Returns what ends the watch.
 */
export function watchLoopStalls(clock: LoopClock, observe: (stallMs: number) => void): () => void {
  let cancel: () => void;
  const watch = (): void => {
    const dueMs = clock.now() + TICK_MS;
    cancel = clock.schedule(() => {
      observe(Math.max(0, clock.now() - dueMs));
      watch();
    }, TICK_MS);
  };
  watch();
  return () => cancel();
}
