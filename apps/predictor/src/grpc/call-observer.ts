import { constants, type IncomingHttpHeaders, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { status, type Metadata } from '@grpc/grpc-js';
import type { Logger } from 'pino';
import type { Metrics } from '../telemetry/metrics.ts';
import type { RefusalLines } from '../telemetry/refusal-lines.ts';
import { callNumberOf, openCallRecord, type CallLimits, type CallRecord, type KnownRoutes } from './call-record.ts';

export interface CallObserverOptions {
  readonly routes: KnownRoutes;
  readonly limits: CallLimits;
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'countGrpcCall'>;
  readonly refusals: Pick<RefusalLines, 'isDue'>;
}

/** Sees every call at the HTTP/2 level, those included that the library answers by itself: one log line and one count each. */
export class CallObserver {
  readonly #options: CallObserverOptions;
  /** By call number: calls that have begun and not ended. */
  readonly #open = new Map<number, CallRecord>();
  #calls = 0;

  constructor(options: CallObserverOptions) {
    this.#options = options;
  }

  /** Runs before the library looks at the headers. */
  observe(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): CallRecord {
    const { routes, limits } = this.#options;
    const callNumber = (this.#calls += 1);
    const record = openCallRecord(headers, routes, limits, callNumber);
    this.#open.set(callNumber, record);
    stream.once('close', () => {
      this.#open.delete(callNumber);
      this.#finish(record, stream);
    });
    return record;
  }

  recordOf(metadata: Metadata): CallRecord {
    const record = this.#open.get(callNumberOf(metadata));
    if (record === undefined) throw new Error('This is a bug: a call has no record.');
    return record;
  }

  #finish(record: CallRecord, stream: ServerHttp2Stream): void {
    const { log, metrics, refusals } = this.#options;
    const { requestId, route, startedAtMs, model, version, overrides } = record;
    const name = statusNameOf(stream);
    metrics.countGrpcCall(route, name);
    const code = String(lastHeadersOf(stream)['x-error-code'] ?? name);
    if (!refusals.isDue(code, model)) return;
    const durationMs = Math.round((performance.now() - startedAtMs) * 1000) / 1000;
    const line = { requestId, method: 'gRPC', route, status: name, code, durationMs, model, version, overrides };
    log.info(line, 'request');
  }
}

/** The status went out in the trailers, or in the only headers; a stream that ended without one was cancelled. */
function statusNameOf(stream: ServerHttp2Stream): string {
  const number = lastHeadersOf(stream)['grpc-status'];
  if (number !== undefined) return status[Number(number)] ?? 'UNKNOWN';
  const isRefused =
    stream.sentHeaders?.[constants.HTTP2_HEADER_STATUS] === constants.HTTP_STATUS_UNSUPPORTED_MEDIA_TYPE;
  return isRefused ? 'UNKNOWN' : 'CANCELLED';
}

function lastHeadersOf(stream: ServerHttp2Stream): OutgoingHttpHeaders {
  return stream.sentTrailers ?? stream.sentHeaders ?? {};
}
