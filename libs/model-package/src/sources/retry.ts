import { backOffMs } from './back-off.ts';
import { SourceError } from './source-error.ts';

/** Time as retries see it. */
export interface RetryClock {
  /** Calls back after the delay; the returned function calls it off. */
  schedule(callback: () => void, delayMs: number): () => void;
}

export interface RetryOptions {
  readonly clock: RetryClock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Told of every failure, and when the next attempt begins. */
  readonly onFailure: (error: unknown, attempt: number, retryInMs: number) => void;
}

/** Attempts until one succeeds, with back-off in between; rejects only where the signal ends it. */
export async function retry<Result>(attempt: () => Promise<Result>, options: RetryOptions): Promise<Result> {
  const { random, signal, onFailure } = options;
  for (let failures = 1; ; failures += 1) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      const askedMs = error instanceof SourceError ? (error.retryAfterMs ?? 0) : 0;
      const retryInMs = Math.max(backOffMs(failures, random), askedMs);
      onFailure(error, failures, retryInMs);
      await pause(retryInMs, options);
    }
  }
}

function pause(delayMs: number, { clock, signal }: RetryOptions): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const callOff = clock.schedule(done, delayMs);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      callOff();
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
