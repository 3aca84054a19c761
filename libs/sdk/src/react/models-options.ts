import type { ModelSummary, Predictor } from '../client.ts';
import type { CallQuery } from './call-query.ts';
import type { DescribeQueryOptions } from './model-options.ts';
import { modelsKey } from './query-key.ts';

/** The query of the list of a server's models. */
export function modelsOptions(
  predictor: Pick<Predictor<Record<never, never>>, 'listModels'>,
  { scope, ...call }: DescribeQueryOptions = {},
): CallQuery<readonly ModelSummary[]> {
  return {
    queryKey: modelsKey({ scope }),
    queryFn: async ({ signal }) => predictor.listModels({ ...call, signal }),
    retry: false,
  };
}
