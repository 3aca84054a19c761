import type { ErrorCode } from './generated/error-codes.ts';
import type { JsonObject } from './is-object.ts';
import { parseReply } from './parse-reply.ts';
import { InputMismatchError, ResponseError } from './predictor-error.ts';
import type { ErrorContext, RowProblem } from './predictor-error.ts';
import { requestIdOf } from './predictor-promise.ts';
import type { HttpReply } from './send.ts';

/** The error an answer stands for: from its problem+json or, for tensors, its error, else (a gateway's page) from its status alone. */
export function toResponseError(
  reply: HttpReply,
  retryAfterMs: number | undefined,
): ResponseError | InputMismatchError {
  const { response } = reply;
  let problem: JsonObject = {};
  try {
    problem = parseReply(reply);
  } catch {
    // A gateway's page.
  }
  const { requestId, retryAfterMs: inBody } = problem;
  return failureOf(problem, {
    status: response.status,
    requestId: requestIdOf(response) ?? text(requestId),
    retryAfterMs: retryAfterMs ?? (typeof inBody === 'number' && inBody >= 0 ? inBody : undefined),
  });
}

/** The error that a problem tells, of a whole answer or of one row. */
export function failureOf(
  { code, detail, error, details }: JsonObject,
  context: ErrorContext,
): ResponseError | InputMismatchError {
  const { status } = context;
  // 0 in a browser, which does not tell more.
  const why = status! < 400 ? ', but redirects are not followed' : '';
  const message = text(detail) ?? text(error) ?? `The predictor answered with status ${status}${why}.`;
  if (code === 'INPUT_MISMATCH') {
    return new InputMismatchError(code, message, { ...context, details: rowProblems(details) });
  }
  return new ResponseError(isServerCode(code) ? code : 'UNKNOWN_ERROR', message, context);
}

/**
 * True for a code that an answer may carry. One of a newer server goes through as it is: `default:` handles it. Those that this
 * client gives itself would belie their classes.
 */
export function isServerCode(code: unknown): code is Exclude<ErrorCode, 'INPUT_MISMATCH'> {
  return (
    typeof code === 'string' &&
    /^(?!(ABORTED|CONNECTION_FAILED|INVALID_INPUT|INVALID_RESPONSE|TIMEOUT)$)[A-Z][A-Z_]+$/.test(code)
  );
}

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function rowProblems(details: unknown): RowProblem[] {
  if (!Array.isArray(details)) return [];
  return details.filter(
    (item: Partial<RowProblem> | null) => typeof item?.row === 'number' && typeof item.field === 'string',
  ) as RowProblem[];
}
