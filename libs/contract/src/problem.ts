import { z } from 'zod';
import type { RowProblem } from '@web-single/tensor';
import { ERROR_CATALOG, ERROR_CODES } from './error-catalog.ts';
import type { ErrorCode } from './error-catalog.ts';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

const rowProblemSchema = z.object({
  row: z.int().min(0).describe("Index in the request's rows, from 0."),
  field: z.string().describe('Path from the row, such as "pixels[3][1]"; empty for the row itself.'),
  expected: z.string(),
  got: z.string(),
  hint: z.string().exactOptional().describe('What was probably meant.'),
});

/** Body of every error: RFC 9457 with `code`, `requestId` and, where rows are wrong, `details`. */
export const problemSchema = z.object({
  type: z.string().describe('Where the error is documented, relative to the server.'),
  title: z.string().describe('What the code means; the same for every occurrence.'),
  status: z.int().min(400).max(599),
  detail: z.string().describe('What happened here, in a full sentence.'),
  code: z.enum(ERROR_CODES as readonly [ErrorCode, ...ErrorCode[]]),
  requestId: z.string().describe('Also in the header x-request-id and in the log.'),
  details: z.array(rowProblemSchema).exactOptional().describe('Every problem of every row, not only the first.'),
  retryAfterMs: z.number().min(0).exactOptional().describe('When a retry has a chance, in ms from now.'),
});

export type Problem = z.infer<typeof problemSchema>;

export interface ProblemContext {
  readonly detail?: string;
  readonly requestId: string;
  readonly details?: readonly RowProblem[];
  readonly retryAfterMs?: number;
}

/** `/docs/errors#input_mismatch`: the anchor is the one Markdown renderers give the heading `INPUT_MISMATCH`. */
export const problemType = (code: ErrorCode): string => `/docs/errors#${code.toLowerCase()}`;

/** The problem to send for a code. Without `detail` the title stands in, so that nothing unforeseen leaks. */
export const toProblem = (code: ErrorCode, context: ProblemContext): Problem => {
  const { httpStatus, title } = ERROR_CATALOG[code];
  return {
    type: problemType(code),
    title,
    status: httpStatus,
    detail: context.detail ?? title,
    code,
    requestId: context.requestId,
    ...(context.details === undefined ? {} : { details: [...context.details] }),
    ...(context.retryAfterMs === undefined ? {} : { retryAfterMs: context.retryAfterMs }),
  };
};
