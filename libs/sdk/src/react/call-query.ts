import type { PredictorFailure } from '../predictor-error.ts';
import type { QueryKey } from './query-key.ts';

/** What TanStack Query hands to a query's function, as far as it is needed. */
export interface QueryContext {
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/**
 * Options of one query, as `useQuery`, `useSuspenseQuery`, `queryClient.fetchQuery` and the adapters for other frameworks
 * take them. A plain object: spread it to add `select`, `staleTime` and the like.
 */
export interface CallQuery<Data> {
  /** Serialisable; equal calls have equal keys. */
  readonly queryKey: QueryKey;
  /** Makes the call; cancelling the query closes its connection. */
  readonly queryFn: (context: QueryContext) => Promise<Data>;
  /** The client itself repeats what may be repeated, with a budget. */
  readonly retry: false;
  /** Never set: TanStack learns from it of what type errors are. */
  readonly throwOnError?: (error: PredictorFailure) => boolean;
}
