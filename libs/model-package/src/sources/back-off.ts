const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/** How long to wait before attempt `failures + 1`: from 1 s doubling to 60 s, of which `random` takes up to half away. */
export function backOffMs(failures: number, random: () => number): number {
  const fullMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.round(fullMs * (1 - random() / 2));
}
