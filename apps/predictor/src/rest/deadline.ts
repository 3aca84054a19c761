import type { IncomingHttpHeaders } from 'node:http';
import { ContractError } from '@web-single/contract';
import type { Settings } from '../config/settings.ts';
import type { RequestOutcome } from './request-outcome.ts';

export interface DeadlineLimits {
  readonly defaultTimeoutMs: number;
  readonly maxTimeoutMs: number;
}

/** Of a server's settings. */
export function deadlineLimitsOf({
  REQUEST_TIMEOUT_MS,
  MAX_REQUEST_TIMEOUT_MS,
}: Pick<Settings, 'REQUEST_TIMEOUT_MS' | 'MAX_REQUEST_TIMEOUT_MS'>): DeadlineLimits {
  return { defaultTimeoutMs: REQUEST_TIMEOUT_MS, maxTimeoutMs: MAX_REQUEST_TIMEOUT_MS };
}

/** What tells when the caller of a request stops waiting. */
export interface TimedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly outcome: Pick<RequestOutcome, 'startedAtMs'>;
}

/** Absolute deadline, monotonic ms: from `X-Request-Timeout-Ms`, capped, else the default; counted from the request's first byte. */
export function deadlineOf(request: TimedRequest, limits: DeadlineLimits): number {
  const deadlineMs = readDeadline(request, limits);
  if (typeof deadlineMs !== 'number') throw deadlineMs;
  return deadlineMs;
}

/** Characters of a header that an answer repeats. */
const MOST_SHOWN = 32;

/** The same, and what is wrong with the header where it names no time. */
export function readDeadline(request: TimedRequest, limits: DeadlineLimits): number | ContractError {
  const header = request.headers['x-request-timeout-ms'];
  const { startedAtMs } = request.outcome;
  if (header === undefined) return startedAtMs + limits.defaultTimeoutMs;
  if (typeof header !== 'string' || !/^\d{1,9}$/.test(header) || Number(header) === 0) {
    const got = [header].flat().join(', ').slice(0, MOST_SHOWN);
    const expected = 'a whole number of milliseconds from 1 to 999999999';
    return new ContractError('INVALID_REQUEST', `X-Request-Timeout-Ms: expected ${expected}, got "${got}".`);
  }
  return startedAtMs + Math.min(Number(header), limits.maxTimeoutMs);
}
