import {
  oipHttpStatus,
  PROBLEM_CONTENT_TYPE,
  toOipError,
  toProblem,
  type ErrorCode,
  type Problem,
} from '@web-single/contract';

/** What a caller is told instead of an answer. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Problem['details'];
  readonly retryAfterMs?: number;
}

export interface RefusalAnswer {
  readonly status: number;
  readonly type: string;
  /** JSON. */
  readonly body: string;
}

/** A refusal as its caller reads it: a problem, or the error object of the Open Inference Protocol. */
export function refusalAnswer(refusal: Refusal, requestId: string, isOip: boolean): RefusalAnswer {
  return isOip ? oipAnswer(refusal, requestId) : problemAnswer(refusal, requestId);
}

/** The value of `Retry-After`, which knows whole seconds only. */
export function retryAfterSeconds(retryAfterMs: number): string {
  return String(Math.ceil(retryAfterMs / 1000));
}

function problemAnswer({ code, message, details, retryAfterMs }: Refusal, requestId: string): RefusalAnswer {
  const problem = toProblem(code, {
    detail: message,
    requestId,
    ...(details === undefined ? {} : { details }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
  return { status: problem.status, type: PROBLEM_CONTENT_TYPE, body: JSON.stringify(problem) };
}

/** Stock clients read `error` alone: all problems have to be in it. */
function oipAnswer({ code, message, details = [] }: Refusal, requestId: string): RefusalAnswer {
  const others = details.slice(1, 1 + MOST_DETAILS_TOLD).map(tellDetail);
  const body = toOipError(code, { message: [message, ...others].join(' '), requestId });
  return { status: oipHttpStatus(code), type: 'application/json', body: JSON.stringify(body) };
}

/** The first one is in the message already. */
const MOST_DETAILS_TOLD = 9;

function tellDetail({ row, field, expected, got }: NonNullable<Problem['details']>[number]): string {
  return `Field "${field}" of row ${row}: expected ${expected}, got ${got}.`;
}
