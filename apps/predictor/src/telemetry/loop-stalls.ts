/** Of Node's monitor of the event loop's delay, which ticks without running JavaScript: nanoseconds from each tick to the next. */
export interface TickTimes {
  readonly count: number;
  percentile(percentile: number): number;
  reset(): void;
}

/** ms between ticks. */
export const STALL_TICK_MS = 10;
/** What is less late than this is told as not late at all, all such ticks at once. */
const LEAST_STALL_MS = 1;
const NANOS_A_MS = 1e6;

/**
 * How long the event loop kept others waiting since the last reading: by how much each tick came too late. A stall of `n` ms is
 * seen as one of `n` less at most `STALL_TICK_MS`. `observe` gets ms, and how many ticks were so late.
 */
export function readLoopStalls(ticks: TickTimes, observe: (stallMs: number, count: number) => void): void {
  const { count } = ticks;
  let left = count;
  for (; left > 0; left -= 1) {
    const stallMs = stallAt(ticks, left, count);
    if (stallMs < LEAST_STALL_MS) break;
    observe(stallMs, 1);
  }
  if (left > 0) observe(0, left);
  ticks.reset();
}

/** Of all ticks the one that is late by the `rank`th least. The histogram adds a half to a rank and cuts it off. */
function stallAt(ticks: TickTimes, rank: number, count: number): number {
  return ticks.percentile((100 * (rank - 0.25)) / count) / NANOS_A_MS - STALL_TICK_MS;
}
