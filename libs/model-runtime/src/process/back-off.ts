/** First pause in ms, growing fourfold up to the longest: three deaths in a minute already mean seconds. */
const firstMs = 50;
const growth = 4;
const longestMs = 30_000;

/**
 * Pause in ms before an engine process is started again after `deaths` in a row (at least 1); half of it is jitter, so
 * that many engines that died together do not start together. `random` is in [0, 1).
 */
export const backOffMs = (deaths: number, random: number): number => {
  const fullMs = Math.min(longestMs, firstMs * growth ** (deaths - 1));
  return fullMs * (0.5 + random / 2);
};
