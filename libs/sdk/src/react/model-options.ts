import type { JsonObject } from '../is-object.ts';
import type { ModelClient } from '../model-client.ts';
import type { ModelTypes } from '../model-shape.ts';
import type { CallOptions } from '../options.ts';
import type { CallQuery } from './call-query.ts';
import { modelKey } from './query-key.ts';
import type { ScopeOptions } from './query-key.ts';

/** Options of a call that asks about models, and where the query lies in the cache. The signal is TanStack's. */
export interface DescribeQueryOptions extends Omit<CallOptions, 'signal' | 'requestId'>, ScopeOptions {}

/** The query of a model's description: its signature, card, examples and versions. */
export function modelOptions<Types extends ModelTypes>(
  model: Pick<ModelClient<Types>, 'name' | 'describe'>,
  { scope, ...call }: DescribeQueryOptions = {},
): CallQuery<JsonObject> {
  return {
    queryKey: [...modelKey(model, { scope }), 'describe'],
    queryFn: async ({ signal }) => model.describe({ ...call, signal }),
    retry: false,
  };
}
