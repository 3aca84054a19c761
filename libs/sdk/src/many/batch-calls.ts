import type { ModelClient } from '../model-client.ts';
import type { ModelTypes } from '../model-shape.ts';
import type { PredictOptions } from '../options.ts';
import { AbortedError, InvalidInputError, isPredictorError } from '../predictor-error.ts';
import type { PredictorFailure } from '../predictor-error.ts';
import type { RowOutcome } from '../row-outcome.ts';
import type { Batch } from './batch-reader.ts';
import { countedFrom } from './counted-from.ts';
import type { ManyProgress, PredictManyOptions } from './predict-many-options.ts';

interface Whole {
  /** Shrinks where the server finds a batch too large. */
  readonly sizes: { batchRows: number };
  readonly totalRows: number | undefined;
}

/** Sends batches to a model and tells how far that is. */
export class BatchCalls {
  readonly #model: ModelClient<ModelTypes>;
  readonly #call: PredictOptions;
  readonly #byRow: boolean;
  readonly #onProgress: (progress: ManyProgress) => void;
  readonly #whole: Whole;
  #doneRows = 0;
  #failedRows = 0;
  #hasFailed = false;

  constructor(model: ModelClient<ModelTypes>, options: PredictManyOptions, whole: Whole) {
    const {
      batchRows: _batchRows,
      concurrency: _concurrency,
      onError = 'throw',
      onProgress = () => {},
      ...call
    } = options;
    this.#model = model;
    this.#call = call;
    this.#byRow = onError === 'row';
    this.#onProgress = onProgress;
    this.#whole = whole;
  }

  /** A batch has thrown: no other need be begun. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** An answer for each row: its prediction or, by row, its outcome. */
  async predict(batch: Batch, signal: AbortSignal): Promise<readonly unknown[]> {
    try {
      const outcomes = await this.#outcomesOf(batch, signal);
      this.#doneRows += outcomes.length;
      this.#failedRows += outcomes.filter(({ ok }) => !ok).length;
      const { totalRows } = this.#whole;
      this.#onProgress({ doneRows: this.#doneRows, failedRows: this.#failedRows, totalRows });
      return this.#byRow ? outcomes : outcomes.map((outcome) => outcome.ok && outcome.prediction);
    } catch (error) {
      this.#hasFailed = true;
      throw error;
    }
  }

  async #outcomesOf(batch: Batch, signal: AbortSignal): Promise<readonly RowOutcome<unknown>[]> {
    const { first, rows } = batch;
    try {
      return (await this.#ask(rows, signal)).map((outcome) => shifted(outcome, first));
    } catch (error) {
      if (!isPredictorError(error)) throw error;
      if (rows.length > 1 && this.#helpsToSplit(error)) return this.#inHalves(batch, signal, error);
      const told = countedFrom(first, error);
      if (!this.#byRow || error instanceof AbortedError) throw told;
      return rows.map((_, index) => ({ ok: false, row: first + index, error: told }));
    }
  }

  async #ask(rows: readonly unknown[], signal: AbortSignal): Promise<readonly RowOutcome<unknown>[]> {
    const call: PredictOptions = { ...this.#call, signal };
    if (this.#byRow) return this.#model.predict(rows, { ...call, onError: 'row' });
    const predictions = (await this.#model.predict(rows, call)) as readonly unknown[];
    return predictions.map((prediction, row) => ({ ok: true, row, prediction }));
  }

  /** A request too large becomes two; one row that cannot be sent is no reason to fail the others. */
  #helpsToSplit(error: PredictorFailure): boolean {
    return error.code === 'PAYLOAD_TOO_LARGE' || (this.#byRow && error instanceof InvalidInputError);
  }

  async #inHalves(
    { first, rows }: Batch,
    signal: AbortSignal,
    { code }: PredictorFailure,
  ): Promise<readonly RowOutcome<unknown>[]> {
    const half = Math.ceil(rows.length / 2);
    const { sizes } = this.#whole;
    if (code === 'PAYLOAD_TOO_LARGE') sizes.batchRows = Math.min(sizes.batchRows, half);
    const before = await this.#outcomesOf({ first, rows: rows.slice(0, half) }, signal);
    return [...before, ...(await this.#outcomesOf({ first: first + half, rows: rows.slice(half) }, signal))];
  }
}

function shifted(outcome: RowOutcome<unknown>, first: number): RowOutcome<unknown> {
  const row = first + outcome.row;
  return outcome.ok ? { ...outcome, row } : { ...outcome, row, error: countedFrom(first, outcome.error) };
}
