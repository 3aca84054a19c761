/** The value below which `share` (0 to 1) of the samples lie, nearest rank. NaN without samples. */
export const quantile = (samples: readonly number[], share: number): number => {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? NaN;
};

/** Short enough that a stretch of tiny runs fits between two interruptions of a busy machine. */
const stretch = 20;

/**
 * What the work itself takes: a quantile of the quietest stretch of 20 samples. What the work does in every stretch
 * counts; what the compiler does in the first, or a neighbour on the machine now and then, does not. (A thread's CPU time
 * would say it better, but Linux counts it in ticks of milliseconds.)
 */
export const quietQuantile = (samples: readonly number[], share: number): number => {
  const stretches = Math.max(1, Math.floor(samples.length / stretch));
  const size = Math.ceil(samples.length / stretches);
  return Math.min(
    ...Array.from({ length: stretches }, (_, index) =>
      quantile(samples.slice(index * size, (index + 1) * size), share),
    ).filter((value) => !Number.isNaN(value)),
  );
};
