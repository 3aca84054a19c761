/** Key of a query in TanStack's cache. */
export type QueryKey = readonly unknown[];

/** Where the queries of a predictor lie in the cache. */
export interface ScopeOptions {
  /** First part of every key, `'web-single'` by default: tells two predictors in one cache apart. */
  readonly scope?: string | undefined;
}

/** Key of the list of models, with which all other keys begin. */
export const modelsKey = ({ scope = 'web-single' }: ScopeOptions = {}): QueryKey => [scope, 'models'];

/** Key with which those of all queries of a model begin: to invalidate, cancel or remove them. */
export function modelKey({ name }: { readonly name: string }, options?: ScopeOptions): QueryKey {
  return [...modelsKey(options), name];
}
