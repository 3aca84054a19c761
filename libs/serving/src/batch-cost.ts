const SMOOTHING = 0.2;

/** A measured batch size and how long a batch of it takes. */
export interface CostPoint {
  readonly rows: number;
  readonly p50Ms: number;
}

/**
 * How long a batch of so many rows takes: seeded by the calibration, learnt from every batch since. Kept per power of two, so
 * that the small batches of a quiet hour say nothing about the full ones of a busy minute.
 */
export class BatchCost {
  readonly #smoothedMs: number[];
  readonly #maxRows: number;

  constructor(maxRows: number, curve: readonly CostPoint[]) {
    this.#maxRows = maxRows;
    this.#smoothedMs = Array.from({ length: bucketOf(maxRows) + 1 }, (_, bucket) => seedMs(curve, 2 ** bucket));
  }

  observe(rows: number, durationMs: number): void {
    const bucket = this.#bucketOf(rows);
    this.#smoothedMs[bucket]! += SMOOTHING * (durationMs - this.#smoothedMs[bucket]!);
  }

  /** Of one batch, ms; beyond the largest batch it is that batch's. */
  batchMs(rows: number): number {
    return this.#smoothedMs[this.#bucketOf(rows)]!;
  }

  /** Of all the batches that `rows` rows fill, one after the other, ms. */
  totalMs(rows: number): number {
    const full = Math.floor(rows / this.#maxRows);
    const rest = rows - full * this.#maxRows;
    return full * this.batchMs(this.#maxRows) + (rest > 0 ? this.batchMs(rest) : 0);
  }

  #bucketOf(rows: number): number {
    return Math.min(this.#smoothedMs.length - 1, bucketOf(rows));
  }
}

/** Batches of 1, 2, 3 to 4, 5 to 8, … rows. */
const bucketOf = (rows: number): number => Math.ceil(Math.log2(Math.max(1, rows)));

/** Of the measured size that holds the rows, or in proportion beyond the last; 1 ms where nothing was measured. */
function seedMs(curve: readonly CostPoint[], rows: number): number {
  const last = curve.at(-1);
  if (last === undefined) return 1;
  return curve.find((point) => point.rows >= rows)?.p50Ms ?? (last.p50Ms * rows) / last.rows;
}
