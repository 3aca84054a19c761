import type { ModelClient } from '../model-client.ts';
import type { ModelTypes } from '../model-shape.ts';
import type { PredictOptions } from '../options.ts';
import type { CallQuery } from './call-query.ts';
import { modelKey } from './query-key.ts';
import type { QueryKey, ScopeOptions } from './query-key.ts';

/** Options of a mutation, as `useMutation` takes them. A plain object: spread it to add `onSuccess` and the like. */
export interface PredictMutation<Row, Data> extends Pick<CallQuery<Data>, 'retry' | 'throwOnError'> {
  /** Begins like those of the model's queries. */
  readonly mutationKey: QueryKey;
  /** Predicts the row given to `mutate`. */
  readonly mutationFn: (row: Row) => Promise<Data>;
}

/** A prediction as a mutation, for `useMutation`: on demand, and not kept in the cache. TanStack cancels none; give a `signal` to do so. */
export function predictMutation<Types extends ModelTypes>(
  model: ModelClient<Types>,
  { scope, ...call }: Omit<PredictOptions, 'requestId'> & ScopeOptions = {},
): PredictMutation<Types['row'], Types['prediction']> {
  return {
    mutationKey: [...modelKey(model, { scope }), 'predict'],
    mutationFn: async (row) => model.predict(row, call),
    retry: false,
  };
}
