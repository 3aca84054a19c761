import type { Clock } from './clock.ts';
import { AbortedError, TimeoutError } from './predictor-error.ts';

/** The lifetime of one call: its deadline and its caller's signal as one signal, whose reason is the error to throw. */
export interface CallScope {
  readonly signal: AbortSignal;
  /** On the clock. */
  readonly deadlineMs: number;
  /** Frees the timer and the listener on the caller's signal. */
  close(): void;
  /** The promise, or the scope's error as soon as it ends: also for a `fetch` or a header function that knows no signal. */
  race<T>(promise: T | Promise<T>): Promise<T>;
  sleep(delayMs: number): Promise<void>;
}

export function openCallScope(timeoutMs: number, caller: AbortSignal | undefined, clock: Clock): CallScope {
  const controller = new AbortController();
  const { signal } = controller;
  const end = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  end.catch(() => {});
  const abort = (): void =>
    controller.abort(new AbortedError('ABORTED', 'The call was aborted.', { cause: caller?.reason }));
  const expire = (): void =>
    controller.abort(new TimeoutError('TIMEOUT', `The predictor gave no answer within ${timeoutMs} ms.`));
  const cancel = timeoutMs === Infinity ? () => {} : clock.schedule(expire, timeoutMs);
  if (caller?.aborted) abort();
  // A timer of 0 ms may fire after a quick answer.
  else if (timeoutMs === 0) expire();
  caller?.addEventListener('abort', abort);
  const race = <T>(promise: T | Promise<T>): Promise<T> => Promise.race([end, promise]);
  return {
    signal,
    deadlineMs: clock.nowMs() + timeoutMs,
    close: () => {
      cancel();
      caller?.removeEventListener('abort', abort);
    },
    race,
    sleep: (delayMs) => {
      let wake = (): void => {};
      const slept = new Promise<void>((resolve) => (wake = clock.schedule(resolve, delayMs)));
      return race(slept).finally(() => wake());
    },
  };
}
