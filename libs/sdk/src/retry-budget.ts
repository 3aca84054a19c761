const CAPACITY = 10;
const EARNED_PER_CALL = 0.1;

/** Retries a predictor may still make: every call earns a tenth of one, so that an outage is not doubled by its clients. */
export class RetryBudget {
  /** 0 ≤ tokens ≤ capacity; starts full, so that a short burst of failures is still repeated. */
  #tokens = CAPACITY;

  earn(): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + EARNED_PER_CALL);
  }

  take(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
