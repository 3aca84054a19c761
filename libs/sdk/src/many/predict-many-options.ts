import type { PredictOptions } from '../options.ts';
import { invalidInput } from '../predictor-error.ts';

/** An array, a generator, a stream: anything that gives rows one after the other. */
export type Rows<Row> = Iterable<Row> | AsyncIterable<Row>;

/** How far a call of `predictMany` is; counts of rows. */
export interface ManyProgress {
  /** Answered, those that failed among them. */
  readonly doneRows: number;
  /** Those of them that have an error; always 0 where one ends the call. */
  readonly failedRows: number;
  /** Undefined where the rows do not tell how many they are. */
  readonly totalRows: number | undefined;
}

/** Options of `predictMany`; those of `predict` count for each of its requests. */
export interface PredictManyOptions extends Omit<PredictOptions, 'requestId'> {
  /** Rows of one request. Default 64: a request's own cost is small beside it, and a slow model answers it in time. */
  readonly batchRows?: number;
  /** Requests at the same time. Default 2: one is computed while the next is on its way. */
  readonly concurrency?: number;
  /** What a bad row, or a request that fails, does: `'throw'` (the default) ends the call, `'row'` is told as the outcome of its rows. */
  readonly onError?: 'throw' | 'row';
  /** Called after every answer, in the order in which they come. */
  readonly onProgress?: (progress: ManyProgress) => void;
}

const DEFAULT_BATCH_ROWS = 64;
const DEFAULT_CONCURRENCY = 2;

/** The sizes that the options ask for; throws for those that cannot be, all at once. */
export function sizesOf({ batchRows = DEFAULT_BATCH_ROWS, concurrency = DEFAULT_CONCURRENCY }: PredictManyOptions): {
  batchRows: number;
  readonly concurrency: number;
} {
  const sizes = { batchRows, concurrency };
  const problems = Object.entries(sizes)
    .filter(([, value]) => !Number.isSafeInteger(value) || value < 1)
    .map(([name, value]) => `"${name}" must be a whole number from 1, got ${String(value)}`);
  if (problems.length > 0) throw invalidInput(`The options of predictMany cannot be: ${problems.join('; ')}.`);
  return sizes;
}
