const FIRST_MS = 200;
const LONGEST_MS = 5000;

/** Delay before the attempt after number `attempt` (from 0): full jitter, exponential; never earlier than the server asked. */
export function retryDelayMs(attempt: number, retryAfterMs: number | undefined, random: () => number): number {
  const jitter = random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return (retryAfterMs ?? 0) + jitter;
}

/** `Retry-After` in ms from now: seconds, or an HTTP date against the server's own `Date`. Undefined where it says nothing. */
export function parseRetryAfter(headers: Headers, wallMs: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return finite(Number(value) * 1000);
  if (!/[a-z]/i.test(value)) return undefined;
  const serverNowMs = Date.parse(headers.get('date') ?? '');
  return finite(Date.parse(value) - (Number.isNaN(serverNowMs) ? wallMs : serverNowMs));
}

const finite = (delayMs: number): number | undefined => (Number.isFinite(delayMs) ? Math.max(0, delayMs) : undefined);
