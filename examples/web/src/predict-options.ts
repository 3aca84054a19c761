import { queryOptions } from '@tanstack/react-query';
import type { ModelClient, ModelTypes, PredictorError } from '@web-single/sdk';

/**
 * The query of one prediction; it waits while there is no row. TanStack's signal goes into the call, so that one whose row is no
 * longer on the screen is cancelled. The client itself repeats what may be repeated.
 */
export function predictOptions<Types extends ModelTypes>(model: ModelClient<Types>, row: Types['row'] | undefined) {
  return queryOptions<Types['prediction'], PredictorError>({
    queryKey: ['predict', identityOf(model), row instanceof Blob ? identityOf(row) : row],
    queryFn: async ({ signal }) => {
      if (row === undefined) throw new Error('There is no row yet.');
      return model.predict(row, { signal });
    },
    enabled: row !== undefined,
    retry: false,
  });
}

const identities = new WeakMap<object, number>();
let count = 0;

/** A picture or a client has no content that a key could hold. */
function identityOf(thing: object): number {
  const known = identities.get(thing) ?? (count += 1);
  identities.set(thing, known);
  return known;
}
