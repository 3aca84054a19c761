import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http2';
import type { Metadata } from '@grpc/grpc-js';
import { formatGrpcTimeout, parseGrpcTimeout } from './grpc-timeout.ts';

/** One call from its first header to its last: what its handler needs to know of the transport, and what the log line says. */
export interface CallRecord {
  readonly requestId: string;
  /** `/package.Service/Method` of a registered method, else `_other`: a label that no caller can choose. */
  readonly route: string;
  /** Monotonic ms. */
  readonly startedAtMs: number;
  /** Monotonic ms: the earliest of the caller's deadline, the default and the cap; without end for streams that name none. */
  readonly deadlineMs: number;
  model?: string;
  version?: string;
  /** Short hash of the overrides that had a part in the answer. */
  overrides?: string;
}

export interface CallLimits {
  readonly defaultTimeoutMs: number;
  readonly maxTimeoutMs: number;
}

/** Routes the server answers; true where the call is a stream, which may go on for hours. */
export type KnownRoutes = ReadonlyMap<string, boolean>;

/** Longer paths are no methods; what they are cut to is none either. */
const MAX_PATH_LENGTH = 200;

/** How long after the deadline the library ends a call by itself, without the reason that our own answer gives. */
const BACKSTOP_MS = 1000;
/** The library counts in 32 bits: longer time-outs would wrap around and end the call at once. */
const MAX_TIMER_MS = 2 ** 31 - 1000;

/**
 * Opens the record of a call from its headers, and sets the headers right before the library reads them: a time-out always
 * (so that a caller that never ends its request cannot stay), the request id, and the number the record is found by.
 */
export function openCallRecord(
  headers: IncomingHttpHeaders,
  routes: KnownRoutes,
  limits: CallLimits,
  callNumber: number,
): CallRecord {
  const path = String(headers[':path']);
  const isStream = routes.get(path);
  const startedAtMs = performance.now();
  const timeoutMs = readTimeout(headers, isStream === true, limits);
  const requestId = requestIdOf(headers['x-request-id']);
  headers['x-request-id'] = requestId;
  headers[CALL_NUMBER] = String(callNumber);
  // The library repeats it in its answer; none that it knows is as long.
  if (isStream === undefined) headers[':path'] = path.slice(0, MAX_PATH_LENGTH);
  return {
    requestId,
    route: isStream === undefined ? '_other' : path,
    startedAtMs,
    deadlineMs: startedAtMs + timeoutMs,
  };
}

const CALL_NUMBER = 'web-single-call';

/** The number that `openCallRecord` gave the call. */
export function callNumberOf(metadata: Metadata): number {
  return Number(metadata.get(CALL_NUMBER)[0]);
}

function readTimeout(headers: IncomingHttpHeaders, isStream: boolean, limits: CallLimits): number {
  const given = headers['grpc-timeout'];
  const givenMs = given === undefined ? undefined : parseGrpcTimeout(String(given));
  if (given !== undefined && givenMs === undefined) {
    // The library answers what it cannot read at all; half a value it would take for a whole one.
    headers['grpc-timeout'] = 'malformed';
    return 0;
  }
  if (isStream) {
    if (givenMs !== undefined) headers['grpc-timeout'] = formatGrpcTimeout(Math.min(givenMs, MAX_TIMER_MS));
    return givenMs ?? Infinity;
  }
  if (givenMs !== undefined && givenMs <= limits.maxTimeoutMs) return givenMs;
  const timeoutMs = givenMs === undefined ? limits.defaultTimeoutMs : limits.maxTimeoutMs;
  headers['grpc-timeout'] = formatGrpcTimeout(timeoutMs + BACKSTOP_MS);
  return timeoutMs;
}

/** The caller's id where it is a plain word, else a fresh one. */
function requestIdOf(given: unknown): string {
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}
