import { seededRandom } from './seeded-random.ts';

/** The value below which `share` (0 to 1) of the samples lie, nearest rank. NaN without samples. */
export function quantile(samples: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(samples).sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? NaN;
}

export function median(samples: Iterable<number>): number {
  return quantile(samples, 0.5);
}

/** A median of blocks with the interval that says how far to trust it. */
export interface Estimate {
  readonly median: number;
  /** Bootstrap 95 % interval of the median. */
  readonly low: number;
  readonly high: number;
  readonly blocks: number;
}

const resamples = 1_000;

/** Median of one figure per block, and its 95 % interval by resampling the blocks; the same samples give the same interval. */
export function estimate(samples: readonly number[]): Estimate {
  const random = seededRandom(samples.length);
  const medians = Array.from({ length: resamples }, () =>
    median(samples.map(() => samples[Math.floor(random() * samples.length)] ?? NaN)),
  );
  return {
    median: median(samples),
    low: quantile(medians, 0.025),
    high: quantile(medians, 0.975),
    blocks: samples.length,
  };
}
