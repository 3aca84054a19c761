/** Headers by name. */
export type HeaderValues = Readonly<Record<string, string>>;

/** Options of a predictor. */
export interface PredictorOptions {
  /** Where the server is, with the path prefix of a gateway if there is one; in a browser it may be relative. */
  readonly baseUrl: string | URL;
  /** Instead of the global one: for a proxy, a gateway's signature, a test. */
  readonly fetch?: typeof fetch;
  /** Sent with every request; a function is asked before every attempt, so that it can renew a token. */
  readonly headers?: HeaderValues | (() => HeaderValues | Promise<HeaderValues>);
  /** Deadline of a call with all its attempts. Default 30 000; `Infinity` for none. */
  readonly timeoutMs?: number;
  /** Attempts after the first. Default 2. */
  readonly retries?: number;
  /** Larger answers are cut off. Default 64 MiB, counted after decompression. */
  readonly maxResponseBytes?: number;
}

/** Options of one call. */
export interface CallOptions {
  /** Deadline of the call with all its attempts; instead of the predictor's own. */
  readonly timeoutMs?: number;
  /** Attempts after the first; instead of the predictor's own. */
  readonly retries?: number;
  /** Aborts the call and closes its connection. */
  readonly signal?: AbortSignal;
  /** Over the predictor's own. */
  readonly headers?: HeaderValues;
  /** Sent as `x-request-id`; the server makes one where it is left out. */
  readonly requestId?: string;
}

/** Options of a call that asks one model. */
export interface PredictOptions extends CallOptions {
  /** A version by name instead of the active one. */
  readonly version?: string;
}

/** Options of `predict` for rows. */
export interface PredictRowsOptions extends PredictOptions {
  /** What a bad row does: `'throw'` (the default) fails the call with the problems of all rows, `'row'` fails that row alone. */
  readonly onError?: 'throw' | 'row';
}
