const FIRST_MS = 200;
const LONGEST_MS = 5000;

/** Delay before the attempt after number `attempt` (from 0): full jitter, exponential; never earlier than the server asked. */
export function retryDelayMs(attempt: number, retryAfterMs: number | undefined, random: () => number): number {
  const jitter = random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return (retryAfterMs ?? 0) + jitter;
}

/** `Retry-After` in ms from now: seconds, or an HTTP date against the server's own `Date`. Undefined where it says nothing. */
export function parseRetryAfter(headers: Headers, wallMs: number): number | undefined {
  const value = headers.get('retry-after') ?? '';
  const serverNowMs = Date.parse(headers.get('date') ?? '') || wallMs;
  const isDate = /[a-z]/i.test(value);
  const delayMs = isDate ? Date.parse(value) - serverNowMs : /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : NaN;
  return Number.isFinite(delayMs) ? Math.max(0, delayMs) : undefined;
}
