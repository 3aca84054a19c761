import type { RowProblem } from '@web-single/tensor';

export type ServingErrorCode =
  | 'MODEL_NOT_FOUND'
  | 'MODEL_NOT_READY'
  | 'INPUT_MISMATCH'
  | 'PAYLOAD_TOO_LARGE'
  | 'OVERLOADED'
  | 'DEADLINE_EXCEEDED'
  | 'CANCELLED'
  | 'ENGINE_CRASHED'
  | 'ENGINE_UNAVAILABLE'
  | 'INFERENCE_FAILED';

export interface ServingErrorOptions extends ErrorOptions {
  /** Every problem of every row, for `INPUT_MISMATCH`. */
  readonly details?: readonly RowProblem[];
  /** When a retry may succeed, for `OVERLOADED`, `MODEL_NOT_READY`, `ENGINE_UNAVAILABLE`. */
  readonly retryAfterMs?: number;
}

/** A prediction that was not made, and why. Knows no HTTP; the contract's catalogue maps the code. */
export class ServingError extends Error {
  readonly code: ServingErrorCode;
  readonly details: readonly RowProblem[];
  readonly retryAfterMs: number | undefined;

  constructor(code: ServingErrorCode, message: string, options: ServingErrorOptions = {}) {
    // Foreseen: where it was thrown tells nobody anything, and a stack costs more than all else of a shed request.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message, options);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'ServingError';
    this.code = code;
    this.details = options.details ?? [];
    this.retryAfterMs = options.retryAfterMs;
  }
}
