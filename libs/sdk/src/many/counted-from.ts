import { InputMismatchError, ResponseError } from '../predictor-error.ts';
import type { PredictorFailure } from '../predictor-error.ts';

/** The error of a batch, its rows counted from the first of all rows: in `details`, and where the server's text names one. */
export function countedFrom(first: number, error: PredictorFailure): PredictorFailure {
  if (first === 0 || !(error instanceof InputMismatchError || error instanceof ResponseError)) return error;
  const message = error.message.replace(/ of row (\d+)/, (_, row: string) => ` of row ${Number(row) + first}`);
  const { status, requestId, retryAfterMs, cause } = error;
  const context = { status, requestId, retryAfterMs, cause };
  if (error instanceof ResponseError) return new ResponseError(error.code, message, context);
  const details = error.details.map((problem) => ({ ...problem, row: problem.row + first }));
  return new InputMismatchError(error.code, message, { ...context, details });
}
