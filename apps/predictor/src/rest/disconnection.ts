import type { CancelSignal } from '@web-single/serving';
import type { RequestOutcome } from './request-outcome.ts';

/** Aborts when the client closes the connection before its answer was written. An `AbortController` would cost every request more. */
export class Disconnection implements CancelSignal {
  readonly #listeners = new Set<() => void>();
  #aborted: boolean;

  /** From now on it is told by whoever follows the reply of this request. */
  constructor(outcome: RequestOutcome) {
    this.#aborted = outcome.isOver;
    outcome.disconnection = this;
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  abort(): void {
    this.#aborted = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }
}
