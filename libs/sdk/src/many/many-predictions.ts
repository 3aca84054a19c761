import { invalidInput } from '../predictor-error.ts';

/** What `predictMany` gives: a promise of all, and an iterator of one after the other. It is read once, one way or the other. */
export class ManyPredictions<T> implements Promise<T[]>, AsyncIterable<T> {
  /** @hidden */
  readonly [Symbol.toStringTag] = 'ManyPredictions';
  readonly #start: () => AsyncIterableIterator<T>;
  #isRead = false;
  #all: Promise<T[]> | undefined;

  /** @internal */
  constructor(start: () => AsyncIterableIterator<T>) {
    this.#start = start;
  }

  /** Starts, and gives every answer in the order of the rows. */
  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    if (this.#isRead) throw invalidInput('These predictions are read already: call predictMany again.');
    this.#isRead = true;
    return this.#start();
  }

  /** Starts where that has not happened, and waits for all answers. */
  then<Fulfilled = T[], Rejected = never>(
    onFulfilled?: ((all: T[]) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((error: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    this.#all ??= this.#collect();
    return this.#all.then(onFulfilled, onRejected);
  }

  /** As of any promise. */
  catch<Rejected = never>(
    onRejected?: ((error: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<T[] | Rejected> {
    return this.then(undefined, onRejected);
  }

  /** As of any promise. */
  finally(onFinally?: (() => void) | null): Promise<T[]> {
    return this.then().finally(onFinally);
  }

  async #collect(): Promise<T[]> {
    const all: T[] = [];
    for await (const one of this) all.push(one);
    return all;
  }
}
