export interface Sample {
  readonly minute: number;
  readonly value: number;
}

/** Theil–Sen: the median of the slopes between all pairs, per minute. One odd sample, or ten, do not move it. */
export function slopePerMinute(samples: readonly Sample[]): number {
  const slopes = samples.flatMap((later, index) =>
    samples.slice(0, index).map((earlier) => (later.value - earlier.value) / (later.minute - earlier.minute)),
  );
  slopes.sort((one, other) => one - other);
  return slopes[Math.floor(slopes.length / 2)] ?? 0;
}
