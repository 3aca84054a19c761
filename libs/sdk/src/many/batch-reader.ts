import type { Rows } from './predict-many-options.ts';

/** Rows that follow each other; none at the end. */
export interface Batch {
  /** Index of the first in all rows. */
  readonly first: number;
  readonly rows: readonly unknown[];
}

/** Takes rows from their source, one batch after the other however many are asked for at once. */
export class BatchReader {
  readonly #source: Iterator<unknown> | AsyncIterator<unknown>;
  readonly #sizes: { readonly batchRows: number };
  /** Resolves when nothing reads; never rejects. */
  #idle: Promise<unknown> = Promise.resolve();
  #count = 0;
  #isReading = false;
  /** The source has ended or failed, or is not wanted any more. */
  #isEnded = false;

  /** The size is looked up for every batch: it may shrink. */
  constructor(rows: Rows<unknown>, sizes: { readonly batchRows: number }) {
    this.#source = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
    this.#sizes = sizes;
  }

  /** Nothing more will be read. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  read(): Promise<Batch> {
    const batch = this.#idle.then(() => this.#readBatch());
    this.#idle = batch.catch(() => {});
    return batch;
  }

  /** Tells the source that no more is wanted. Waits for what it does then, unless it still owes a row: that may never come. */
  async close(): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    const closing = Promise.resolve(this.#source.return?.());
    if (this.#isReading) closing.catch(() => {});
    else await closing;
  }

  async #readBatch(): Promise<Batch> {
    const rows: unknown[] = [];
    const first = this.#count;
    while (!this.#isEnded && rows.length < this.#sizes.batchRows) {
      const step = await this.#next();
      if (step.done === true) this.#isEnded = true;
      else rows.push(step.value);
    }
    this.#count += rows.length;
    return { first, rows };
  }

  async #next(): Promise<IteratorResult<unknown>> {
    this.#isReading = true;
    try {
      return await this.#source.next();
    } catch (error) {
      this.#isEnded = true;
      throw error;
    } finally {
      this.#isReading = false;
    }
  }
}
