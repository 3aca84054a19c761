/** What kind of thing went wrong with a source; every kind is worth another attempt, since a person or time may mend it. */
export type SourceErrorReason =
  | 'not-allowed'
  | 'unreachable'
  | 'certificate'
  | 'interrupted'
  | 'too-slow'
  | 'not-found'
  | 'forbidden'
  | 'credentials'
  | 'expired'
  | 'clock'
  | 'throttled'
  | 'refused'
  | 'too-large'
  | 'corrupt'
  | 'cache';

/** A source that did not deliver. The message is a full sentence and holds no secret. */
export class SourceError extends Error {
  readonly code = 'SOURCE_FAILED';
  readonly reason: SourceErrorReason;
  /** How long the source asked to be left alone. */
  readonly retryAfterMs?: number;

  constructor(reason: SourceErrorReason, message: string, options: { readonly retryAfterMs?: number } = {}) {
    super(message);
    this.name = 'SourceError';
    this.reason = reason;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }
}
