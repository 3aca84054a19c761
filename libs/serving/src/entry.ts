import type { BatchTiming, RowOutcome, Tensors } from '@web-single/model-runtime';
import type { Row } from '@web-single/tensor';

/**
 * What an entry wants done: rows as the signature has them, or one call at the tensor level (session inputs by name, `rows`
 * of them along their first axis).
 */
export type Work =
  | { readonly level: 'row'; readonly rows: readonly Row[] }
  | { readonly level: 'tensor'; readonly tensors: Tensors; readonly rows: number };

export const rowsOf = (work: Work): number => (work.level === 'row' ? work.rows.length : work.rows);

/** What an entry gets back: one outcome per row (one for a call at the tensor level), in order, and how long it waited and ran. */
export interface EntryResult {
  readonly outcomes: readonly RowOutcome[];
  /** From submit to dispatch of its first rows. */
  readonly queueMs: number;
  /** Of the batches its rows ran in; summed where the rows were spread over several. */
  readonly timing: BatchTiming;
  /** Rows in the largest batch it ran in, its neighbours' included. */
  readonly batchRows: number;
}

/** What `AbortSignal` is to who only listens: a web framework may have a cheaper one. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** One admitted request, waiting; dispatched whole. Owned by the batcher until settled. */
export interface Entry {
  readonly work: Work;
  /** Absolute, monotonic ms; an entry past it is answered DEADLINE_EXCEEDED. */
  readonly deadlineMs: number;
  readonly enqueuedAtMs: number;
  settle(result: EntryResult | Error): void;
}
