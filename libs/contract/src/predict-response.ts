import { z } from 'zod';
import type { Row, RowProblem } from '@web-single/tensor';
import { encodeRow, isPlainJson } from './encode-value.ts';
import type { JsonValue } from './encode-value.ts';
import { ERROR_CODES } from './error-catalog.ts';
import type { ErrorCode } from './error-catalog.ts';
import { problemSchema } from './problem.ts';
import { writeJson } from './write-json.ts';

export const modelIdentitySchema = z.object({
  name: z.string(),
  version: z.string(),
  digest: z.string().describe('"sha256:" and the digest of the package that answered.'),
  overrides: z
    .string()
    .exactOptional()
    .describe("First 12 digits of the overrides file's sha256, where it has a part in this answer."),
});

export const timingSchema = z
  .object({
    queueMs: z.number().min(0),
    preprocessMs: z.number().min(0),
    inferMs: z.number().min(0),
    postprocessMs: z.number().min(0),
    totalMs: z.number().min(0),
  })
  .describe('Milliseconds: waiting for a batch, steps before the model, the model, steps after it, all of it.');

const rowErrorSchema = z.object({
  code: z.enum(ERROR_CODES as readonly [ErrorCode, ...ErrorCode[]]),
  detail: z.string(),
  details: problemSchema.shape.details,
});

/** In the place of a prediction, with `?onError=row`. */
export const failedRowSchema = z.object({ error: rowErrorSchema });

export const predictResponseSchema = z.object({
  model: modelIdentitySchema,
  predictions: z
    .array(z.record(z.string(), z.unknown()))
    .describe('One per row, in order: the outputs by name; with ?onError=row {"error": …} in the place of a bad row.'),
  timing: timingSchema,
});

export type PredictionTiming = z.infer<typeof timingSchema>;

/** The answer to one row: its outputs, or what was wrong with it. */
export type RowAnswer =
  | { readonly outputs: Row }
  | {
      readonly error: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly details?: readonly RowProblem[] | undefined;
      };
    };

export interface PredictResult {
  readonly model: z.infer<typeof modelIdentitySchema>;
  /** One per row, in order. */
  readonly answers: readonly RowAnswer[];
  readonly timing: PredictionTiming;
}

/** Writes the body of a predict response. Returned as text, because integers beyond 2^53 are printed exactly. */
export function encodePrediction({ model, answers, timing }: PredictResult): string {
  const predictions = writeJson(answers.map(encodeAnswer));
  return `{"model":${printIdentity(model)},"predictions":${predictions},"timing":${printTiming(timing)}}`;
}

const printed = new WeakMap<PredictResult['model'], string>();

/** Written once for each object: a server has one for each of its models, and answers with it all the time. */
function printIdentity(model: PredictResult['model']): string {
  const known = printed.get(model);
  if (known !== undefined) return known;
  const { name, version, digest, overrides } = model;
  const text = writeJson({ name, version, digest, ...(overrides !== undefined && { overrides }) });
  printed.set(model, text);
  return text;
}

function encodeAnswer(answer: RowAnswer): JsonValue {
  if ('outputs' in answer)
    return isPlainJson(answer.outputs) ? (answer.outputs as JsonValue) : encodeRow(answer.outputs);
  const { code, message, details = [] } = answer.error;
  const listed = details.map((detail) => ({ ...detail }) as Record<string, string | number>);
  return { error: { code, detail: message, ...(listed.length === 0 ? {} : { details: listed }) } };
}

function printTiming({ queueMs, preprocessMs, inferMs, postprocessMs, totalMs }: PredictionTiming): string {
  const parts = `"queueMs":${round(queueMs)},"preprocessMs":${round(preprocessMs)},"inferMs":${round(inferMs)}`;
  return `{${parts},"postprocessMs":${round(postprocessMs)},"totalMs":${round(totalMs)}}`;
}

/** To a thousandth of a millisecond: more digits would be noise on the wire. */
function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
