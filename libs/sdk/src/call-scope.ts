import type { Clock } from './clock.ts';
import { AbortedError, TimeoutError } from './predictor-error.ts';

/** The lifetime of one call: its deadline and its caller's signal as one signal, whose reason is the error to throw. */
export class CallScope {
  readonly signal: AbortSignal;
  /** Frees the timer and the listener on the caller's signal. */
  readonly close: () => void;
  /** On the clock. */
  readonly deadlineMs: number;
  readonly #clock: Clock;
  /** Rejects with the signal's reason. */
  readonly #end: Promise<never>;

  constructor(timeoutMs: number, caller: AbortSignal | undefined, clock: Clock) {
    const controller = new AbortController();
    const { signal } = controller;
    this.#end = new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    this.#end.catch(() => {});
    const abort = (): void =>
      controller.abort(new AbortedError('ABORTED', 'The call was aborted.', { cause: caller?.reason }));
    const expire = (): void =>
      controller.abort(new TimeoutError('TIMEOUT', `The predictor gave no answer within ${timeoutMs} ms.`));
    const cancel = timeoutMs === Infinity ? () => {} : clock.schedule(expire, timeoutMs);
    if (caller?.aborted) abort();
    caller?.addEventListener('abort', abort);
    this.signal = signal;
    this.close = () => {
      cancel();
      caller?.removeEventListener('abort', abort);
    };
    this.#clock = clock;
    this.deadlineMs = clock.nowMs() + timeoutMs;
  }

  /** The promise, or the scope's error as soon as it ends: also for a `fetch` or a header function that knows no signal. */
  race<T>(promise: T | Promise<T>): Promise<T> {
    return Promise.race([this.#end, promise]);
  }

  async sleep(delayMs: number): Promise<void> {
    let cancel = (): void => {};
    try {
      await this.race(new Promise<void>((resolve) => (cancel = this.#clock.schedule(resolve, delayMs))));
    } finally {
      cancel();
    }
  }
}
