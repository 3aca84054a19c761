/** What `.withResponse()` gives: the data and what came with it. */
export interface WithResponse<T> {
  /** What awaiting the call gives. */
  readonly data: T;
  /** Status and headers; its body has been read. */
  readonly response: Response;
  /** As the server's log has it. */
  readonly requestId: string | undefined;
}

export const requestIdOf = ({ headers }: Response): string | undefined => headers.get('x-request-id') ?? undefined;

/**
 * The promise of an answer, with `.withResponse()` for all that came with it. There is one promise behind it: awaiting
 * either handles its rejection, awaiting neither leaves it unhandled, as for any promise.
 */
export class PredictorPromise<T, Answer extends WithResponse<T> = WithResponse<T>> implements Promise<T> {
  /** @hidden */
  readonly [Symbol.toStringTag] = 'PredictorPromise';
  readonly #answer: Promise<Answer>;

  /** Around the promise of an answer. */
  constructor(answer: Promise<Answer>) {
    this.#answer = answer;
  }

  /** The data and what came with it, of the same request. */
  withResponse(): Promise<Answer> {
    return this.#answer;
  }

  /** As of any promise: the data. */
  then<Fulfilled = T, Rejected = never>(
    onFulfilled?: ((data: T) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((error: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.#answer.then(({ data }) => data).then(onFulfilled, onRejected);
  }

  /** As of any promise. */
  catch<Rejected = never>(
    onRejected?: ((error: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<T | Rejected> {
    return this.then(undefined, onRejected);
  }

  /** As of any promise. */
  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.then().finally(onFinally);
  }
}
