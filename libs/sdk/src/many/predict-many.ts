import { isImageSource } from '../image-source.ts';
import type { ModelClient } from '../model-client.ts';
import type { ModelTypes } from '../model-shape.ts';
import { invalidInput } from '../predictor-error.ts';
import type { RowOutcome } from '../row-outcome.ts';
import { BatchCalls } from './batch-calls.ts';
import { BatchReader } from './batch-reader.ts';
import { ManyPredictions } from './many-predictions.ts';
import { sizesOf } from './predict-many-options.ts';
import type { PredictManyOptions, Rows } from './predict-many-options.ts';
import { RunScope } from './run-scope.ts';
import { streamBatches } from './stream-batches.ts';

/**
 * Predicts any number of rows, in batches, some at the same time. `await` it for all predictions in order, or go through
 * it with `for await`, in the same order and in bounded memory: never more than `concurrency × batchRows` rows are read
 * ahead. Nothing is read or sent before. Leaving the loop, or the signal, cancels what is under way.
 */
export function predictMany<Types extends ModelTypes>(
  model: ModelClient<Types>,
  rows: Rows<Types['item']>,
  options: PredictManyOptions & { readonly onError: 'row' },
): ManyPredictions<RowOutcome<Types['prediction']>>;
export function predictMany<Types extends ModelTypes>(
  model: ModelClient<Types>,
  rows: Rows<Types['item']>,
  options?: PredictManyOptions & { readonly onError?: 'throw' },
): ManyPredictions<Types['prediction']>;
export function predictMany(
  model: ModelClient<ModelTypes>,
  rows: Rows<unknown>,
  options: PredictManyOptions = {},
): ManyPredictions<unknown> {
  return new ManyPredictions(() => {
    const sizes = sizesOf(options);
    if (!isRows(rows)) throw invalidInput('predictMany takes rows to go through: give one row or image to predict.');
    const calls = new BatchCalls(model, options, { sizes, totalRows: countOf(rows) });
    const scope = new RunScope(options.signal);
    return streamBatches(new BatchReader(rows, sizes), calls, { concurrency: sizes.concurrency, scope });
  });
}

/** Texts and bytes can be gone through, too, but their parts are no rows. */
function isRows(rows: unknown): boolean {
  if (typeof rows !== 'object' || rows === null || isImageSource(rows)) return false;
  return Symbol.iterator in rows || Symbol.asyncIterator in rows;
}

function countOf(rows: Rows<unknown>): number | undefined {
  if (Array.isArray(rows)) return rows.length;
  return rows instanceof Set ? rows.size : undefined;
}
