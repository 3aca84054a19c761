import { Metadata, type StatusObject } from '@grpc/grpc-js';
import { ERROR_CATALOG, isErrorCode, type ErrorCode } from '@web-single/contract';

/** Response headers have a size that clients limit to some kilobytes. */
const MAX_DETAILS_LENGTH = 1000;

interface CataloguedError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs?: number;
}

/** True for an error whose message may be sent: its code is in the catalogue, and is not the one for what was not foreseen. */
export function isForeseen(error: unknown): error is CataloguedError {
  return error instanceof Error && 'code' in error && isErrorCode(error.code) && error.code !== 'INTERNAL';
}

/** The text of an error for its caller; of an unforeseen one only where to look. Always sendable as a header. */
export function detailsOf(error: unknown): string {
  const text = isForeseen(error) ? error.message : 'The server failed; its log has the reason under this request id.';
  // A cut may leave half a character, which cannot be encoded.
  return text.slice(0, MAX_DETAILS_LENGTH).toWellFormed();
}

/** The one mapping from errors to gRPC: status by the catalogue, code, request id and retry hint in the trailing metadata. */
export function statusOf(error: unknown, requestId: string): StatusObject {
  const code = isForeseen(error) ? error.code : 'INTERNAL';
  const metadata = new Metadata();
  metadata.set('x-error-code', code);
  metadata.set('x-request-id', requestId);
  const retryAfterMs = isForeseen(error) ? error.retryAfterMs : undefined;
  if (retryAfterMs !== undefined) {
    const wholeMs = String(Math.ceil(retryAfterMs));
    metadata.set('retry-after-ms', wholeMs);
    metadata.set('grpc-retry-pushback-ms', wholeMs);
  }
  return { code: ERROR_CATALOG[code].grpcStatus.number, details: detailsOf(error), metadata };
}
