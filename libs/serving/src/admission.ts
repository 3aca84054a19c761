import type { Clock } from './clock.ts';
import { ServingError } from './serving-error.ts';

export interface AdmissionLimits {
  /** Most rows waiting or running for one model. */
  readonly maxRows: number;
  /** Cap of the predicted wait, besides the request's own deadline. */
  readonly maxWaitMs: number;
}

/** What the wait is predicted from; read at each request. */
export interface EngineLoad {
  readonly rowsPerBatch: number;
  readonly instances: number;
}

/** Held by a request from admission to answer; disposing gives its rows back. */
export interface Permit extends Disposable {
  readonly rows: number;
}

const SMOOTHING = 0.2;
const MAX_RETRY_AFTER_MS = 3000;

/** Accepts or sheds before work is done: by rows in flight and by the predicted wait against the deadline. One per model version. */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #load: EngineLoad;
  readonly #clock: Clock;
  #rowsInFlight = 0;
  /** Smoothed duration of one batch, ms; seeded by the calibration. */
  #batchMs: number;

  constructor(limits: AdmissionLimits, load: EngineLoad, clock: Clock, seedBatchMs: number) {
    this.#limits = limits;
    this.#load = load;
    this.#clock = clock;
    this.#batchMs = seedBatchMs;
  }

  get rowsInFlight(): number {
    return this.#rowsInFlight;
  }

  /** Feeds the wait prediction with a finished batch. */
  observeBatch(durationMs: number): void {
    this.#batchMs += SMOOTHING * (durationMs - this.#batchMs);
  }

  /** Milliseconds until a request of `rows` rows would be answered, from what is in flight now. */
  predictedWaitMs(rows: number): number {
    const batches = Math.ceil((this.#rowsInFlight + rows) / this.#load.rowsPerBatch / this.#load.instances);
    return batches * this.#batchMs;
  }

  /** Returns the permit, or throws `OVERLOADED` (with a retry hint) or `DEADLINE_EXCEEDED`. */
  admit(rows: number, deadlineMs: number): Permit {
    const remainingMs = deadlineMs - this.#clock.now();
    if (remainingMs <= 0)
      throw new ServingError('DEADLINE_EXCEEDED', 'The deadline passed before the request was admitted.');
    const waitMs = this.predictedWaitMs(rows);
    const idle = this.#rowsInFlight === 0;
    if (
      !idle &&
      (this.#rowsInFlight + rows > this.#limits.maxRows || waitMs > Math.min(remainingMs, this.#limits.maxWaitMs))
    ) {
      throw new ServingError('OVERLOADED', `The model is busy: the predicted wait is ${waitMs.toFixed(0)} ms.`, {
        retryAfterMs: Math.min(MAX_RETRY_AFTER_MS, Math.max(1000, waitMs)),
      });
    }
    this.#rowsInFlight += rows;
    return { rows, [Symbol.dispose]: () => void (this.#rowsInFlight -= rows) };
  }
}
