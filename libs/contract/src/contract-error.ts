import type { RowProblem } from '@web-single/tensor';
import type { ErrorCode } from './error-catalog.ts';

/** A request that cannot be decoded. The message may be sent to the caller: it repeats no content of the body. */
export class ContractError extends Error {
  readonly code: ErrorCode;
  readonly details: readonly RowProblem[] | undefined;

  constructor(code: ErrorCode, message: string, details?: readonly RowProblem[]) {
    super(message);
    this.name = 'ContractError';
    this.code = code;
    this.details = details;
  }
}
