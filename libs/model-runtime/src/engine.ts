import type { Row, RowProblem } from '@web-single/tensor';
import type { Tensors } from './session/session.ts';

/** What became of one row: its outputs, a problem of its own (its neighbours are unharmed), or a failed run. */
export type RowOutcome =
  | { readonly outputs: Row }
  | { readonly problem: Omit<RowProblem, 'row'> }
  | { readonly failure: { readonly code: 'INFERENCE_FAILED'; readonly message: string } };

/** Durations in ms of one batch's phases. */
export interface BatchTiming {
  readonly beforeMs: number;
  readonly runMs: number;
  readonly afterMs: number;
}

export interface BatchResult {
  /** One per row, in order. */
  readonly outcomes: readonly RowOutcome[];
  readonly timing: BatchTiming;
}

export interface EngineStatus {
  readonly state: 'ready' | 'restarting' | 'closed';
  /** Times the process was respawned after a crash or a kill; always 0 inline. */
  readonly restarts: number;
  readonly crashes: number;
  readonly hangs: number;
  readonly pid?: number;
  /** Since when no instance is up, monotonic ms; left out while one is. */
  readonly downSinceMs?: number;
}

/** Runs one model version: before → stack → session.run → unstack → after. The port both placements implement. */
export interface Engine {
  readonly placement: 'inline' | 'process';
  /** Most rows one `predict` may carry, from the calibration or the manifest. */
  readonly maxRows: number;
  /** How many batches may run at once (process instances; 1 inline). */
  readonly instances: number;
  /**
   * Predicts checked rows. Rejects with `EngineError`: `ENGINE_CRASHED` at once when the process dies,
   * `DEADLINE_EXCEEDED` when `deadlineMs` (monotonic, as `performance.now()`) or `runTimeoutMs` passes; the hung process is then killed.
   */
  predict(rows: readonly Row[], deadlineMs: number): Promise<BatchResult>;
  /**
   * Runs calls at the tensor level: whole session inputs by name, checked; `before` and `after` are passed over. One outcome
   * per call, its outputs tensors as the session gave them. Calls run together only where rows are known not to mix. Rejects as `predict`.
   */
  predictTensors(calls: readonly Tensors[], deadlineMs: number): Promise<BatchResult>;
  status(): EngineStatus;
  /** Waits for what is running, releases sessions, ends processes. Idempotent. */
  close(): Promise<void>;
}
