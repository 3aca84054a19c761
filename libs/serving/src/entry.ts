import type { BatchTiming, RowOutcome } from '@web-single/model-runtime';
import type { Row } from '@web-single/tensor';

/** What an entry gets back: one outcome per row, in order, and how long it waited and ran. */
export interface EntryResult {
  readonly outcomes: readonly RowOutcome[];
  /** From submit to dispatch of its first rows. */
  readonly queueMs: number;
  /** Of the batches its rows ran in; summed where the rows were spread over several. */
  readonly timing: BatchTiming;
  /** Rows in the largest batch it ran in, its neighbours' included. */
  readonly batchRows: number;
}

/** One admitted request, waiting: at most `maxRows` rows, which are dispatched together. Owned by the batcher until settled. */
export interface Entry {
  readonly rows: readonly Row[];
  /** Absolute, monotonic ms; an entry past it is answered DEADLINE_EXCEEDED. */
  readonly deadlineMs: number;
  readonly enqueuedAtMs: number;
  settle(result: EntryResult | Error): void;
}
