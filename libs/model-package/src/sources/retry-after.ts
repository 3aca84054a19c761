const LONGEST_MS = 60_000;

/** What a Retry-After in seconds asks for, capped; empty for none and for dates, which need clocks that agree. */
export function retryAfterMs(header: string | undefined): { readonly retryAfterMs?: number } {
  if (header === undefined || !/^\d{1,9}$/.test(header)) return {};
  return { retryAfterMs: Math.min(Number(header) * 1000, LONGEST_MS) };
}
