import type { FastifyRequest } from 'fastify';
import { ContractError } from '@web-single/contract';

export interface DeadlineLimits {
  readonly defaultTimeoutMs: number;
  readonly maxTimeoutMs: number;
}

/** Absolute deadline, monotonic ms: from `X-Request-Timeout-Ms`, capped, else the default; counted from the request's first byte. */
export function deadlineOf(request: FastifyRequest, limits: DeadlineLimits): number {
  const deadlineMs = readDeadline(request, limits);
  if (typeof deadlineMs !== 'number') throw deadlineMs;
  return deadlineMs;
}

/** The same, and what is wrong with the header where it names no time. */
export function readDeadline(request: FastifyRequest, limits: DeadlineLimits): number | ContractError {
  const header = request.headers['x-request-timeout-ms'];
  const { startedAtMs } = request.outcome;
  if (header === undefined) return startedAtMs + limits.defaultTimeoutMs;
  if (typeof header !== 'string' || !/^\d{1,9}$/.test(header) || Number(header) === 0) {
    return new ContractError(
      'INVALID_REQUEST',
      'X-Request-Timeout-Ms: expected a whole number of milliseconds above 0.',
    );
  }
  return startedAtMs + Math.min(Number(header), limits.maxTimeoutMs);
}
