import type { ErrorCode } from './generated/error-codes.ts';

/** What is wrong with one value of one row. */
export interface RowProblem {
  /** Index in the rows sent, from 0. */
  readonly row: number;
  /** Path from the row, such as `pixels[3][1]`; empty for the row itself. */
  readonly field: string;
  readonly expected: string;
  readonly got: string;
  readonly hint?: string;
}

/** Codes this client gives itself, without an answer of the server or in spite of it. */
export type ClientErrorCode =
  'CONNECTION_FAILED' | 'TIMEOUT' | 'ABORTED' | 'INVALID_RESPONSE' | 'INVALID_INPUT' | 'UNKNOWN_ERROR';

export type PredictorErrorCode = ErrorCode | ClientErrorCode;

export interface ErrorContext extends ErrorOptions {
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly details?: readonly RowProblem[] | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** Every error of this client. Messages hold no headers, no query string and no input. */
export class PredictorError<Code extends PredictorErrorCode = PredictorErrorCode> extends Error {
  /** What happened; decide by it. */
  declare readonly code: Code;
  /** HTTP status, where there was an answer. */
  declare readonly status: number | undefined;
  /** To quote to the operator; also in the server's log. */
  declare readonly requestId: string | undefined;
  /** Every problem of every row; empty except for `INPUT_MISMATCH`. */
  declare readonly details: readonly RowProblem[];
  /** When a retry has a chance, in ms from when the answer came. */
  declare readonly retryAfterMs: number | undefined;

  constructor(code: Code, message: string, context: ErrorContext = {}) {
    super(message, context);
    this.name = 'PredictorError';
    this.code = code;
    this.status = context.status;
    this.requestId = context.requestId;
    this.details = context.details ?? [];
    this.retryAfterMs = context.retryAfterMs;
  }
}

/** 422: `details` names every wrong value of every row. 400 for tensors, with all of it in the message. */
export class InputMismatchError extends PredictorError<'INPUT_MISMATCH'> {
  override readonly name = 'InputMismatchError';
}

/** Any other answer of the server that is an error; `UNKNOWN_ERROR` where it carries no code (a gateway's page). */
export class ResponseError extends PredictorError<Exclude<ErrorCode, 'INPUT_MISMATCH'> | 'UNKNOWN_ERROR'> {
  override readonly name = 'ResponseError';
  declare readonly details: readonly never[];
}

/** The server could not be reached, or the connection broke. */
export class ConnectionError extends PredictorError<'CONNECTION_FAILED'> {
  override readonly name = 'ConnectionError';
  declare readonly status: undefined;
  declare readonly details: readonly never[];
}

/** `timeoutMs` passed; it covers all attempts. */
export class TimeoutError extends PredictorError<'TIMEOUT'> {
  override readonly name = 'TimeoutError';
  declare readonly status: undefined;
  declare readonly details: readonly never[];
}

/** The caller's signal aborted; `cause` is its reason. */
export class AbortedError extends PredictorError<'ABORTED'> {
  override readonly name = 'AbortedError';
  declare readonly status: undefined;
  declare readonly details: readonly never[];
}

/** The answer is not what the contract says: not JSON, wrong types, too large. */
export class InvalidResponseError extends PredictorError<'INVALID_RESPONSE'> {
  override readonly name = 'InvalidResponseError';
  declare readonly details: readonly never[];
}

/** Refused before anything was sent: an option or a value that cannot be. */
export class InvalidInputError extends PredictorError<'INVALID_INPUT'> {
  override readonly name = 'InvalidInputError';
  declare readonly status: undefined;
  declare readonly details: readonly never[];
}

export const invalidInput = (message: string): InvalidInputError => new InvalidInputError('INVALID_INPUT', message);

/** All errors, told apart by `code`. */
export type PredictorFailure =
  | InputMismatchError
  | ResponseError
  | ConnectionError
  | TimeoutError
  | AbortedError
  | InvalidResponseError
  | InvalidInputError;

/** Narrows a caught value, so that `error.code === 'INPUT_MISMATCH'` tells the class. */
export function isPredictorError(error: unknown): error is PredictorFailure {
  return error instanceof PredictorError;
}
