export interface Arrivals {
  readonly ratePerSecond: number;
  readonly durationMs: number;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Due times in ms from the start, in order, with exponential gaps: callers that do not know each other. */
export function poissonArrivals({ ratePerSecond, durationMs, random }: Arrivals): readonly number[] {
  const due: number[] = [];
  const gapMs = (): number => (-Math.log(1 - random()) * 1_000) / ratePerSecond;
  for (let at = gapMs(); at < durationMs; at += gapMs()) due.push(at);
  return due;
}
