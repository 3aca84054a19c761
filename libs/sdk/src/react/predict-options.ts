import type { ModelClient } from '../model-client.ts';
import type { ModelTypes } from '../model-shape.ts';
import type { PredictOptions } from '../options.ts';
import { invalidInput } from '../predictor-error.ts';
import type { CallQuery } from './call-query.ts';
import { modelKey } from './query-key.ts';
import type { ScopeOptions } from './query-key.ts';
import { rowKey } from './row-key.ts';

/** Options of `predict`, and where the query lies in the cache. The signal is TanStack's. */
export interface PredictQueryOptions extends Omit<PredictOptions, 'signal' | 'requestId'>, ScopeOptions {}

/** A query that waits for its row: it is disabled while that is undefined. */
export interface PredictQuery<Data> extends CallQuery<Data> {
  /** False while there is no row. */
  readonly enabled: boolean;
}

/**
 * The query of a prediction, for `useQuery` and the like. A row that is not complete yet is `undefined`: the query then
 * waits, disabled. An array is rows, as for `predict`.
 */
export function predictOptions<Types extends ModelTypes>(
  model: ModelClient<Types>,
  rows: readonly Types['item'][],
  options?: PredictQueryOptions,
): CallQuery<Types['prediction'][]>;
export function predictOptions<Types extends ModelTypes>(
  model: ModelClient<Types>,
  row: Types['row'],
  options?: PredictQueryOptions,
): CallQuery<Types['prediction']>;
export function predictOptions<Types extends ModelTypes>(
  model: ModelClient<Types>,
  row: Types['row'] | undefined,
  options?: PredictQueryOptions,
): PredictQuery<Types['prediction']>;
export function predictOptions(
  model: ModelClient<ModelTypes>,
  row: unknown,
  { scope, ...call }: PredictQueryOptions = {},
): CallQuery<unknown> & { enabled?: boolean } {
  const key = modelKey(model, { scope });
  const part = rowKey(row);
  return {
    queryKey: [...key, 'predict', call.version ?? null, part],
    queryFn: async ({ signal }) => {
      if (row === undefined) throw invalidInput('There is no row yet: the query waits for one.');
      // Its answer would be kept as that of the row it was.
      if (JSON.stringify(rowKey(row)) !== JSON.stringify(part)) {
        throw invalidInput('The row was written over: make its options again.');
      }
      return model.predict(row, { ...call, signal });
    },
    retry: false,
    ...(row === undefined && { enabled: false }),
  };
}
