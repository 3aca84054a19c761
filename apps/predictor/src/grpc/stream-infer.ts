import type { ServerDuplexStream } from '@grpc/grpc-js';

/** Requests of one stream that are worked on at once; the rest stays unread, which slows the sender down. */
export const MAX_REQUESTS_IN_FLIGHT = 8;

/**
 * Answers the requests of a stream in their order, several at work at once. `answer` never rejects. A slot is free again when
 * its answer has been taken by the transport, so a caller that does not read is not read from either.
 */
export class StreamInfer<Response> {
  readonly #call: ServerDuplexStream<Uint8Array, Response>;
  readonly #answer: (request: Uint8Array) => Promise<Response>;
  #inFlight = 0;
  /** Resolves when every answer begun so far has been written. */
  #written: Promise<void> = Promise.resolve();

  constructor(call: ServerDuplexStream<Uint8Array, Response>, answer: (request: Uint8Array) => Promise<Response>) {
    this.#call = call;
    this.#answer = answer;
  }

  start(): void {
    this.#call.on('data', (request: Uint8Array) => this.#take(request));
    this.#call.on('end', () => void this.#written.then(() => this.#call.end()));
  }

  /** Takes nothing more; resolves when what was taken is answered. */
  async stop(): Promise<void> {
    this.#call.pause();
    this.#call.removeAllListeners('data');
    this.#call.removeAllListeners('end');
    await this.#written;
  }

  #take(request: Uint8Array): void {
    this.#inFlight += 1;
    if (this.#inFlight >= MAX_REQUESTS_IN_FLIGHT) this.#call.pause();
    const answer = this.#answer(request);
    this.#written = this.#written.then(async () => {
      await this.#write(await answer);
      this.#inFlight -= 1;
      if (this.#call.listenerCount('data') > 0) this.#call.resume();
    });
  }

  /** Resolves also where the caller has gone: there is nobody left to write to. */
  #write(response: Response): Promise<void> {
    return new Promise((resolve) => {
      if (this.#call.destroyed) resolve();
      else {
        this.#call.once('close', resolve);
        this.#call.write(response, () => {
          this.#call.off('close', resolve);
          resolve();
        });
      }
    });
  }
}
