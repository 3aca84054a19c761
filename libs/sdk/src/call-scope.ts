import type { Clock } from './clock.ts';
import { AbortedError, TimeoutError } from './predictor-error.ts';

/** The lifetime of one call: its deadline and its caller's signal as one signal, whose reason is the error to throw. */
export class CallScope {
  readonly signal: AbortSignal;
  readonly #clock: Clock;
  readonly #deadlineMs: number;
  readonly #release: () => void;

  constructor(timeoutMs: number, caller: AbortSignal | undefined, clock: Clock) {
    const controller = new AbortController();
    const abort = (): void =>
      controller.abort(new AbortedError('ABORTED', 'The call was aborted.', { cause: caller?.reason }));
    const expire = (): void =>
      controller.abort(new TimeoutError('TIMEOUT', `The predictor gave no answer within ${timeoutMs} ms.`));
    const cancel = timeoutMs === Infinity ? () => {} : clock.schedule(expire, timeoutMs);
    if (caller?.aborted) abort();
    caller?.addEventListener('abort', abort);
    this.signal = controller.signal;
    this.#clock = clock;
    this.#deadlineMs = clock.nowMs() + timeoutMs;
    this.#release = () => {
      cancel();
      caller?.removeEventListener('abort', abort);
    };
  }

  get remainingMs(): number {
    return this.#deadlineMs - this.#clock.nowMs();
  }

  /** The promise, or the scope's error as soon as it ends: also for a `fetch` or a header function that knows no signal. */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const fail = (): void => reject(this.signal.reason as Error);
      if (this.signal.aborted) fail();
      this.signal.addEventListener('abort', fail);
      promise.then(resolve, reject).finally(() => this.signal.removeEventListener('abort', fail));
    });
  }

  async sleep(delayMs: number): Promise<void> {
    let cancel = (): void => {};
    try {
      await this.race(new Promise<void>((resolve) => (cancel = this.#clock.schedule(resolve, delayMs))));
    } finally {
      cancel();
    }
  }

  /** Frees the timer and the listener on the caller's signal. */
  close(): void {
    this.#release();
  }
}
