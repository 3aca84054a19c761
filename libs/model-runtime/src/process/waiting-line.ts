import type { Clock } from '../clock.ts';
import { EngineError } from '../engine-error.ts';

interface Waiting<Served> {
  serve(served: Served): void;
  reject(error: EngineError): void;
  cancelTimer(): void;
}

/** Who waits for an instance, first come first served; whose deadline passes leaves. */
export class WaitingLine<Served> {
  readonly #clock: Clock;
  readonly #line = new Set<Waiting<Served>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `use` when it is this one's turn, at once and before anybody else can take what is served. Rejects with `DEADLINE_EXCEEDED` at `deadlineMs`. */
  join<Result>(deadlineMs: number, use: (served: Served) => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const cancelTimer = this.#clock.schedule(() => {
        this.#line.delete(waiting);
        reject(deadlineExceeded());
      }, deadlineMs - this.#clock.now());
      const waiting: Waiting<Served> = { serve: (served) => resolve(use(served)), reject, cancelTimer };
      this.#line.add(waiting);
    });
  }

  /** False where nobody waits. */
  serve(served: Served): boolean {
    const [first] = this.#line;
    if (!first) return false;
    this.#leave(first).serve(served);
    return true;
  }

  rejectAll(error: EngineError): void {
    for (const waiting of [...this.#line]) this.#leave(waiting).reject(error);
  }

  #leave(waiting: Waiting<Served>): Waiting<Served> {
    this.#line.delete(waiting);
    waiting.cancelTimer();
    return waiting;
  }
}

/** Settles as `promise` does, or rejects with `DEADLINE_EXCEEDED` at `deadlineMs`; then `promise` goes on unheard. */
export const beforeDeadline = async <Result>(
  promise: Promise<Result>,
  deadlineMs: number,
  clock: Clock,
): Promise<Result> => {
  let cancel = (): void => undefined;
  const late = new Promise<never>((_, reject) => {
    cancel = clock.schedule(() => reject(deadlineExceeded()), deadlineMs - clock.now());
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    cancel();
    promise.catch(() => undefined);
  }
};

export const deadlineExceeded = (): EngineError =>
  new EngineError('DEADLINE_EXCEEDED', 'The deadline passed before the batch was answered.');
