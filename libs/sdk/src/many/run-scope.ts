import { AbortedError } from '../predictor-error.ts';

/** How long a call of `predictMany` lasts: until its caller's signal aborts, or it is read to the end or left. */
export class RunScope {
  readonly signal: AbortSignal;
  /** Ends what is under way, and listens to the caller no more. */
  readonly end: () => void;

  constructor(caller: AbortSignal | undefined) {
    const controller = new AbortController();
    const abort = (): void => controller.abort(caller?.reason);
    if (caller?.aborted) abort();
    caller?.addEventListener('abort', abort);
    this.signal = controller.signal;
    this.end = () => {
      caller?.removeEventListener('abort', abort);
      controller.abort();
    };
  }

  /**
   * What is begun here, or an error as soon as the run ends: a source need not know of signals. Leaves nothing behind,
   * however long the run.
   */
  race<T>(begin: () => Promise<T>): Promise<T> {
    const { signal } = this;
    return new Promise((resolve, reject) => {
      const fail = (): void =>
        reject(new AbortedError('ABORTED', 'The call was aborted.', { cause: signal.reason as unknown }));
      if (signal.aborted) return fail();
      signal.addEventListener('abort', fail);
      begin()
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', fail));
    });
  }
}
