import type { CancelSignal } from '@web-single/serving';

type Reply = { readonly raw: NodeJS.EventEmitter & { readonly writableFinished: boolean } };

/** Aborts when the client closes the connection before its answer was written. An `AbortController` would cost every request more. */
export class Disconnection implements CancelSignal {
  readonly #listeners = new Set<() => void>();
  #aborted = false;

  constructor({ raw }: Reply) {
    raw.once('close', () => {
      if (raw.writableFinished) return;
      this.#aborted = true;
      for (const listener of this.#listeners) listener();
      this.#listeners.clear();
    });
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }
}
