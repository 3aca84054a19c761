export interface Sample {
  readonly minute: number;
  readonly value: number;
}

export interface Slope {
  /** Theil–Sen: the median of the slopes between all pairs, per minute. One odd sample, or ten, do not move it. */
  readonly perMinute: number;
  /** With 97.5 % certainty it is at least this: a saw that is where it was has one below zero (Sen 1968, by Kendall's variance). */
  readonly atLeast: number;
}

const NORMAL_QUANTILE = 1.96;

/** Nothing for fewer than two samples. */
export function slopeOf(samples: readonly Sample[]): Slope {
  const slopes = samples.flatMap((later, index) =>
    samples.slice(0, index).map((earlier) => (later.value - earlier.value) / (later.minute - earlier.minute)),
  );
  slopes.sort((one, other) => one - other);
  const count = samples.length;
  const spread = NORMAL_QUANTILE * Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
  const lower = Math.max(0, Math.floor((slopes.length - spread) / 2));
  return { perMinute: slopes[Math.floor(slopes.length / 2)] ?? 0, atLeast: slopes[lower] ?? 0 };
}
