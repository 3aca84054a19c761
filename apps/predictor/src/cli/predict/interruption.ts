import { EXIT } from '../exit-codes.ts';

/** The first Ctrl-C or SIGTERM ends the reading, so that what was asked is still written; the second ends the process. */
export class Interruption implements Disposable {
  readonly #controller = new AbortController();
  readonly #onSignal = (): void => {
    if (this.hasCome) process.exit(EXIT.interrupted);
    this.#controller.abort();
    // A terminal that nobody types into would be waited for.
    process.stdin.destroy();
  };

  constructor() {
    process.on('SIGINT', this.#onSignal);
    process.on('SIGTERM', this.#onSignal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get hasCome(): boolean {
    return this.signal.aborted;
  }

  /** Resolves after so many ms, or at the signal. */
  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      this.signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    });
  }

  [Symbol.dispose](): void {
    process.off('SIGINT', this.#onSignal);
    process.off('SIGTERM', this.#onSignal);
  }
}
