import { ERROR_CODES, isErrorCode, type ErrorCode, type JsonValue } from '@web-single/contract';
import type { OutputField } from '@web-single/signature';
import { z } from 'zod';
import { CallError, type Answer } from './answerer.ts';

const problemSchema = z.object({
  field: z.string(),
  expected: z.string(),
  got: z.string(),
  hint: z.string().exactOptional(),
});

const failedSchema = z.object({
  error: z.object({
    code: z.enum(ERROR_CODES as readonly [ErrorCode, ...ErrorCode[]]),
    detail: z.string(),
    details: z.array(problemSchema).default([]),
  }),
});

export interface ExpectedAnswers {
  readonly count: number;
  readonly output: Readonly<Record<string, OutputField>>;
  readonly url: string;
}

/** What a server answers to rows, read with distrust: anything may listen at an address. Throws `CallError`. */
export function readAnswers(body: unknown, { count, output, url }: ExpectedAnswers): Answer[] {
  const predictions = typeof body === 'object' && body !== null && 'predictions' in body ? body.predictions : undefined;
  if (!Array.isArray(predictions) || predictions.length !== count)
    throw strange(url, `${count} prediction${count === 1 ? '' : 's'}`);
  const needed = Object.keys(output).filter((name) => output[name]?.optional !== true);
  return predictions.map((prediction: unknown) => {
    if (holds(prediction, needed)) return { outputs: prediction };
    const failed = failedSchema.safeParse(prediction);
    if (!failed.success)
      throw strange(url, `predictions with ${needed.map((name) => JSON.stringify(name)).join(', ')}`);
    const { code, detail, details } = failed.data.error;
    return { error: { code, message: detail, problems: details } };
  });
}

function holds(prediction: unknown, names: readonly string[]): prediction is Readonly<Record<string, JsonValue>> {
  if (typeof prediction !== 'object' || prediction === null || Array.isArray(prediction)) return false;
  // Where no output is needed, an error is told by what it is.
  if (names.length === 0 && failedSchema.safeParse(prediction).success) return false;
  return names.every((name) => Object.hasOwn(prediction, name));
}

function strange(url: string, expected: string): CallError {
  return new CallError('CONNECTION_FAILED', `${url} does not answer as a web-single predictor: expected ${expected}.`);
}

const RETRY_AFTER_MS = 200;

const refusalSchema = z.object({
  code: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
  details: z.array(problemSchema).catch([]),
  retryAfterMs: z.number().min(0).optional().catch(undefined),
});

/** What a server, or something before it, says instead of answers. */
export function readRefusal(status: number, bytes: Uint8Array, url: string): CallError {
  const { code, detail, details, retryAfterMs: saidMs } = refusalSchema.parse(objectOf(bytes));
  const isBusy = status === 503 || status === 429;
  const retryAfterMs = saidMs ?? (isBusy ? RETRY_AFTER_MS : undefined);
  if (code !== undefined && isErrorCode(code))
    return new CallError(code, detail ?? code, { problems: details, retryAfterMs });
  if (status === 413) return new CallError('PAYLOAD_TOO_LARGE', `${url} answered 413.`);
  return new CallError('CONNECTION_FAILED', `${url} answered ${status}; expected 200.`, { retryAfterMs });
}

function objectOf(bytes: Uint8Array): object {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
