import { ERROR_CATALOG } from '../error-catalog.ts';
import type { ErrorCode } from '../error-catalog.ts';
import { quoteName } from './quote-name.ts';

/** Body of every error on `/v2`; stock clients read `error` only. */
export interface OipError {
  /** Never empty. */
  readonly error: string;
  readonly code: ErrorCode;
  readonly requestId: string;
}

/** The body to send for a code. Without a message the title stands in, so that nothing unforeseen leaks. */
export function toOipError(
  code: ErrorCode,
  { message, requestId }: { readonly message?: string; readonly requestId: string },
): OipError {
  const error = message === undefined || message.trim() === '' ? ERROR_CATALOG[code].title : message;
  return { error, code, requestId };
}

/** HTTP status on `/v2`: the catalogue's, but 400 for wrong tensors, as other servers of the protocol answer them. */
export function oipHttpStatus(code: ErrorCode): number {
  return code === 'INPUT_MISMATCH' ? 400 : ERROR_CATALOG[code].httpStatus;
}

/** What stock clients expect to read of a model or version that is not there; they compare how it starts. */
export function unknownModelMessage(name: string, version?: string): string {
  const text = `Request for unknown model: '${quoteName(name).slice(1, -1)}' is not found`;
  return version === undefined ? `${text}.` : `${text}: it has no version ${quoteName(version)}.`;
}
