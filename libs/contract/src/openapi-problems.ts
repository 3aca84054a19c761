import type { RowProblem } from '@web-single/tensor';
import { ERROR_CATALOG, ERROR_CODES } from './error-catalog.ts';
import type { ErrorCode } from './error-catalog.ts';
import { reference } from './openapi-schemas.ts';
import type { JsonSchema } from './openapi-schemas.ts';
import { PROBLEM_CONTENT_TYPE, toProblem } from './problem.ts';

/** What a predict operation may answer besides 200. */
const PREDICT_STATUSES = [400, 404, 408, 413, 415, 422, 429, 500, 503, 504] as const;

const exampleDetails: readonly RowProblem[] = [
  {
    row: 0,
    field: 'island',
    expected: '"Biscoe", "Dream" or "Torgersen"',
    got: '"Dreem" (string)',
    hint: 'Did you mean "Dream"?',
  },
];

const exampleOf = (code: ErrorCode): JsonSchema => ({
  summary: code,
  value: toProblem(code, {
    requestId: '01JD3Q6Z9S0V8K2M4N6P8R0T2W',
    ...(code === 'INPUT_MISMATCH' ? { details: exampleDetails } : {}),
    ...(code === 'RATE_LIMITED' || code === 'OVERLOADED' ? { retryAfterMs: 1000 } : {}),
  }),
});

/** Codes of one status a caller of predict can meet; what only the management plane says is left out. */
const codesOf = (status: number): readonly ErrorCode[] =>
  ERROR_CODES.filter((code) => ERROR_CATALOG[code].httpStatus === status && code !== 'INVALID_PACKAGE');

function problemResponse(status: number): JsonSchema {
  const codes = codesOf(status);
  return {
    description: codes.map((code) => `\`${code}\`: ${ERROR_CATALOG[code].title}`).join('\n'),
    content: {
      [PROBLEM_CONTENT_TYPE]: {
        schema: reference('Problem'),
        examples: Object.fromEntries(codes.map((code) => [code, exampleOf(code)])),
      },
    },
  };
}

const anyProblem = (description: string): JsonSchema => ({
  description,
  content: { [PROBLEM_CONTENT_TYPE]: { schema: reference('Problem') } },
});

/** `components.responses`: one per status of predict, and one for every other error of the caller. */
export function problemResponses(): Record<string, JsonSchema> {
  return {
    ...Object.fromEntries(PREDICT_STATUSES.map((status) => [`Problem${status}`, problemResponse(status)])),
    ProblemOfCaller: anyProblem('The request was wrong; `code` says how.'),
    OipError: {
      description: 'No answer; `code` says why.',
      content: { 'application/json': { schema: reference('OipError') } },
    },
  };
}

const responseReference = (name: string): JsonSchema => ({ $ref: `#/components/responses/${name}` });

/** The error responses of a predict operation. */
export function predictProblems(): Record<string, JsonSchema> {
  return Object.fromEntries(PREDICT_STATUSES.map((status) => [String(status), responseReference(`Problem${status}`)]));
}

/** The error responses of a route of the Open Inference Protocol. */
export function oipErrors(method: 'GET' | 'POST'): Record<string, JsonSchema> {
  const statuses = method === 'GET' ? ['4XX'] : ['4XX', '500', '501', '503', '504'];
  return Object.fromEntries(statuses.map((status) => [status, responseReference('OipError')]));
}

export function readProblems(): Record<string, JsonSchema> {
  return { '4XX': responseReference('ProblemOfCaller') };
}
