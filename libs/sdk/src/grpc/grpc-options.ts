import type { ChannelCredentials } from '@grpc/grpc-js';
import type { HeaderValues } from '../options.ts';

/** Options of a predictor over gRPC. */
export interface GrpcPredictorOptions {
  /**
   * The replicas: a list of `host:port`, all IPv4 or all IPv6, or one target as gRPC names it. A name of DNS that stands for
   * many addresses, `dns:///predictor-headless:8081`, is asked again whenever a connection is lost.
   */
  readonly addresses: string | readonly string[];
  /** Default: no TLS. */
  readonly credentials?: ChannelCredentials;
  /** Sent as metadata with every call; a function is asked before every call, so that it can renew a token. */
  readonly headers?: HeaderValues | (() => HeaderValues | Promise<HeaderValues>);
  /** Deadline of a call with all its attempts. Default 30 000; `Infinity` for none. */
  readonly timeoutMs?: number;
  /** Attempts after the first, at most 4. Default 2. */
  readonly retries?: number;
  /** Wait, until the deadline, while no replica can be reached, instead of failing at once. Default false. */
  readonly waitForReady?: boolean;
  /** Call only replicas whose health service says that they serve. Default true; those without one always do. */
  readonly healthCheck?: boolean;
  /** Of a message in either direction. Default 64 MiB. */
  readonly maxMessageBytes?: number;
  /** Between pings on a connection; one that is not answered within 10 s ends it. Default 30 000. */
  readonly keepaliveMs?: number;
}

/** Options of one call over gRPC. */
export interface GrpcCallOptions {
  /** Deadline of the call with all its attempts; instead of the predictor's own. */
  readonly timeoutMs?: number;
  /** Aborts the call. */
  readonly signal?: AbortSignal;
  /** Over the predictor's own. */
  readonly headers?: HeaderValues;
  /** Sent as `x-request-id`; the server makes one where it is left out. */
  readonly requestId?: string;
  /** Instead of the predictor's own. */
  readonly waitForReady?: boolean;
}

/** Options of a call over gRPC that asks one model. */
export interface GrpcModelOptions extends GrpcCallOptions {
  /** A version by name instead of the active one. */
  readonly version?: string;
}
