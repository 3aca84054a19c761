import type { FastifyRequest } from 'fastify';
import type { PredictionTiming } from '@web-single/serving';

/** What became of one request: filled in on the way, read by the log line and the metrics when the reply is done. */
export interface RequestOutcome {
  /** When its head had arrived, monotonic ms. */
  readonly startedAtMs: number;
  /** `OK` or a code of the catalogue. */
  code: string;
  /** Set where the reply was written past the framework: the connection broke while the request was being read. */
  brokenStatus?: number;
  model?: string;
  version?: string;
  rows?: number;
  /** Short hash of the overrides that had a part in the answer. */
  overrides?: string | undefined;
  timing?: PredictionTiming;
}

const outcomes = new WeakMap<object, RequestOutcome>();

/** The request's outcome; begins when first asked for, so that no path of the framework meets a request without one. */
export function outcomeOf(request: FastifyRequest): RequestOutcome {
  const known = outcomes.get(request);
  if (known !== undefined) return known;
  const outcome = { startedAtMs: performance.now(), code: 'OK' };
  outcomes.set(request, outcome);
  return outcome;
}

declare module 'fastify' {
  interface FastifyRequest {
    readonly outcome: RequestOutcome;
  }
}
