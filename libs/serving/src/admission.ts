import type { BatchCost } from './batch-cost.ts';
import type { Clock } from './clock.ts';
import { ServingError } from './serving-error.ts';

export interface AdmissionLimits {
  /** Most rows waiting or running for one model. */
  readonly maxRows: number;
  /** Cap of the predicted wait, besides the request's own deadline. */
  readonly maxWaitMs: number;
}

export interface AdmissionOptions {
  readonly limits: AdmissionLimits;
  readonly cost: BatchCost;
  readonly instances: number;
  readonly clock: Clock;
  /** From 0 to 1: spreads the retries of callers that were shed together. */
  readonly random: () => number;
}

const LEAST_RETRY_MS = 1000;
const MOST_RETRY_MS = 2000;
const RETRY_SPREAD_MS = 1000;
/**
 * Of the time a request has left, what its predicted wait may take. A prediction is a mean: who is admitted to the last
 * millisecond expires every other time, after its body was read and others waited behind it.
 */
const USABLE_SHARE = 0.7;

/** Accepts or sheds before work is done: by rows in flight and by the predicted wait against the deadline. One per model version. */
export class Admission {
  readonly #options: AdmissionOptions;
  #rowsInFlight = 0;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  get rowsInFlight(): number {
    return this.#rowsInFlight;
  }

  /** Milliseconds until a request of `rows` rows would be answered, from what is in flight now. */
  predictedWaitMs(rows: number): number {
    const { cost, instances } = this.#options;
    return cost.totalMs(Math.ceil((this.#rowsInFlight + rows) / instances));
  }

  /**
   * What `admit` would throw, if anything; takes nothing. Costs next to nothing, so that a request can be refused before its
   * body is read: `rows` are then the fewest it can have, `aheadMs` what passes before `admit` can be asked.
   */
  refusal(rows: number, deadlineMs: number, aheadMs = 0): ServingError | undefined {
    const { clock, limits } = this.#options;
    const remainingMs = deadlineMs - clock.now();
    if (remainingMs <= 0)
      return new ServingError('DEADLINE_EXCEEDED', 'The deadline passed before the request was admitted.');
    // An idle engine takes anything: nobody else would ever be served by refusing it.
    if (this.#rowsInFlight === 0 && aheadMs === 0) return undefined;
    const waitMs = aheadMs + this.predictedWaitMs(rows);
    const isTooMuch = this.#rowsInFlight + rows > limits.maxRows;
    const isTooLate = waitMs > Math.min(USABLE_SHARE * remainingMs, limits.maxWaitMs);
    return isTooMuch || isTooLate ? this.#overloaded(waitMs) : undefined;
  }

  /** Counts the rows as in flight until `release`, or throws `OVERLOADED` (with a retry hint) or `DEADLINE_EXCEEDED`. */
  admit(rows: number, deadlineMs: number): void {
    const refusal = this.refusal(rows, deadlineMs);
    if (refusal !== undefined) throw refusal;
    this.#rowsInFlight += rows;
  }

  /** Once for every `admit`, when the request has its answer, whatever that is. */
  release(rows: number): void {
    this.#rowsInFlight -= rows;
  }

  #overloaded(waitMs: number): ServingError {
    const retryAfterMs = Math.min(MOST_RETRY_MS, Math.max(LEAST_RETRY_MS, waitMs));
    return new ServingError('OVERLOADED', `The model is busy: the predicted wait is ${waitMs.toFixed(0)} ms.`, {
      retryAfterMs: Math.round(retryAfterMs + this.#options.random() * RETRY_SPREAD_MS),
    });
  }
}
