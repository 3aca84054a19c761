import { isPredictorError } from '@web-single/sdk';
import type { RowProblem } from '@web-single/sdk';

/** An error as the page shows it: a sentence, what to quote to an operator, and what belongs to fields. */
export interface Failure {
  readonly message: string;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly details: readonly RowProblem[];
}

export function failureOf(error: unknown): Failure {
  if (isPredictorError(error)) {
    const { message, code, requestId, details } = error;
    return { message, code, requestId, details };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { message, code: undefined, requestId: undefined, details: [] };
}

export const isAborted = (error: unknown): boolean => isPredictorError(error) && error.code === 'ABORTED';
