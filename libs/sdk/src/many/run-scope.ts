import { AbortedError } from '../predictor-error.ts';

/** How long a call of `predictMany` lasts: until its caller's signal aborts, or it is read to the end or left. */
export class RunScope {
  /** Ends what is under way, and listens to the caller no more. */
  readonly end: () => void;
  readonly #whole = new AbortController();
  /** How each part that runs is ended: not by listeners of one signal, which are searched one by one. */
  readonly #ends = new Set<() => void>();

  constructor(caller: AbortSignal | undefined) {
    const end = (reason?: unknown): void => {
      caller?.removeEventListener('abort', abort);
      this.#whole.abort(reason);
      for (const endOne of this.#ends) endOne();
    };
    const abort = (): void => end(caller?.reason);
    this.end = () => end();
    if (caller?.aborted) abort();
    else caller?.addEventListener('abort', abort);
  }

  /**
   * What is begun here, or an error as soon as the run ends: a source need not know of signals. Leaves nothing behind,
   * however long the run.
   */
  run<T>(begin: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal: whole } = this.#whole;
    return new Promise((resolve, reject) => {
      const part = new AbortController();
      const end = (): void => {
        part.abort(whole.reason);
        reject(new AbortedError('ABORTED', 'The call was aborted.', { cause: whole.reason as unknown }));
      };
      if (whole.aborted) return end();
      this.#ends.add(end);
      begin(part.signal)
        .then(resolve, reject)
        .finally(() => this.#ends.delete(end));
    });
  }
}
