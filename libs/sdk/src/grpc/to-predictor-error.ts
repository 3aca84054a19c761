import { status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import type { ErrorCode } from '../generated/error-codes.ts';
import {
  ConnectionError,
  InputMismatchError,
  InvalidResponseError,
  ResponseError,
  TimeoutError,
} from '../predictor-error.ts';
import type { ErrorContext, PredictorFailure } from '../predictor-error.ts';
import { isServerCode } from '../response-error.ts';

/** What a server that tells no code of ours means. */
const CODES: Readonly<Partial<Record<status, Exclude<ErrorCode, 'INPUT_MISMATCH'>>>> = {
  [status.INVALID_ARGUMENT]: 'INVALID_REQUEST',
  [status.NOT_FOUND]: 'MODEL_NOT_FOUND',
  [status.PERMISSION_DENIED]: 'FORBIDDEN',
  [status.UNIMPLEMENTED]: 'NOT_IMPLEMENTED',
  [status.UNAUTHENTICATED]: 'UNAUTHENTICATED',
};

/** The error a status stands for: by the server's own code, else by the status. */
export function toPredictorError(error: ServiceError, timeoutMs: number): PredictorFailure {
  const { details } = error;
  // grpc-js throws a plain error where the channel was closed.
  if (!('metadata' in error))
    return new ConnectionError('CONNECTION_FAILED', 'The predictor was closed.', { cause: error });
  const context: ErrorContext = {
    requestId: trailerOf(error, 'x-request-id'),
    retryAfterMs: wholeNumber(trailerOf(error, 'retry-after-ms')),
    cause: error,
  };
  const code = trailerOf(error, 'x-error-code');
  if (code === 'INPUT_MISMATCH') return new InputMismatchError(code, details, context);
  if (isServerCode(code)) return new ResponseError(code, details, context);
  if (error.code === status.DEADLINE_EXCEEDED) {
    return new TimeoutError('TIMEOUT', `The predictor gave no answer within ${timeoutMs} ms.`, context);
  }
  return withoutCode(error, context);
}

/**
 * True where the server ended the stream or the connection without a word, as it does when it dies. grpc-js repeats the latter itself,
 * but not once the head of the answer has come.
 */
export function wasReset(error: ServiceError): boolean {
  const isReset = /^(Call cancelled|Received RST_STREAM|Connection dropped)|ECONNRESET/.test(error.details);
  return isReset && trailerOf(error, 'x-error-code') === undefined;
}

function withoutCode(error: ServiceError, context: ErrorContext): PredictorFailure {
  const { code, details } = error;
  if (code === status.UNAVAILABLE || wasReset(error)) {
    return new ConnectionError('CONNECTION_FAILED', `Could not reach the predictor: ${details}.`, context);
  }
  if (code === status.RESOURCE_EXHAUSTED && details.startsWith('Received message larger')) {
    return new InvalidResponseError('INVALID_RESPONSE', `The answer is too large: ${details}.`, context);
  }
  return new ResponseError(CODES[code] ?? 'UNKNOWN_ERROR', details, context);
}

function trailerOf({ metadata }: ServiceError, name: string): string | undefined {
  const value = metadata.get(name)[0];
  return typeof value === 'string' ? value : undefined;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
