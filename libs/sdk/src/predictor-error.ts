import type { ErrorCode } from './generated/error-codes.ts';

/** What is wrong with one value of one row. */
export interface RowProblem {
  /** Index in the rows sent, from 0. */
  readonly row: number;
  /** Path from the row, such as `pixels[3][1]`; empty for the row itself. */
  readonly field: string;
  /** What the signature asks for. */
  readonly expected: string;
  /** What was sent, shortened. */
  readonly got: string;
  /** What to do about it, such as the nearest name. */
  readonly hint?: string;
}

/** Codes this client gives itself, without an answer of the server or in spite of it. */
export type ClientErrorCode =
  'CONNECTION_FAILED' | 'TIMEOUT' | 'ABORTED' | 'INVALID_RESPONSE' | 'INVALID_INPUT' | 'UNKNOWN_ERROR';

/** Every code there is: of the server and of this client. */
export type PredictorErrorCode = ErrorCode | ClientErrorCode;

/** What an error tells beside its code and message. */
export interface ErrorContext extends ErrorOptions {
  /** HTTP status. */
  readonly status?: number | undefined;
  /** Of the request, as the server's log has it. */
  readonly requestId?: string | undefined;
  /** Every problem of every row. */
  readonly details?: readonly RowProblem[] | undefined;
  /** When a retry has a chance. */
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

  /** Made by this client; a fake server or model may make them, too. */
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
  /** The class, whatever a minifier has made of it. */
  override readonly name = 'InputMismatchError';
}

/** Any other answer of the server that is an error; `UNKNOWN_ERROR` where it carries no code (a gateway's page). */
export class ResponseError extends PredictorError<Exclude<ErrorCode, 'INPUT_MISMATCH'> | 'UNKNOWN_ERROR'> {
  /** The class, whatever a minifier has made of it. */
  override readonly name = 'ResponseError';
  declare readonly details: readonly never[];
}

/** The server could not be reached, or the connection broke. */
export class ConnectionError extends PredictorError<'CONNECTION_FAILED'> {
  /** The class, whatever a minifier has made of it. */
  override readonly name = 'ConnectionError';
  declare readonly status: undefined;
  declare readonly details: readonly never[];
}

/** `timeoutMs` passed; it covers all attempts. */
export class TimeoutError extends PredictorError<'TIMEOUT'> {
  /** The class, whatever a minifier has made of it. */
  override readonly name = 'TimeoutError';
  declare readonly status: undefined;
  declare readonly details: readonly never[];
}

/** The caller's signal aborted; `cause` is its reason. */
export class AbortedError extends PredictorError<'ABORTED'> {
  /** The class, whatever a minifier has made of it. */
  override readonly name = 'AbortedError';
  declare readonly status: undefined;
  declare readonly details: readonly never[];
}

/** The answer is not what the contract says: not JSON, wrong types, too large. */
export class InvalidResponseError extends PredictorError<'INVALID_RESPONSE'> {
  /** The class, whatever a minifier has made of it. */
  override readonly name = 'InvalidResponseError';
  declare readonly details: readonly never[];
}

/** Refused before anything was sent: an option or a value that cannot be. */
export class InvalidInputError extends PredictorError<'INVALID_INPUT'> {
  /** The class, whatever a minifier has made of it. */
  override readonly name = 'InvalidInputError';
  declare readonly status: undefined;
  declare readonly details: readonly never[];
}

export const invalidInput = (message: string, context?: ErrorContext): InvalidInputError =>
  new InvalidInputError('INVALID_INPUT', message, context);

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
