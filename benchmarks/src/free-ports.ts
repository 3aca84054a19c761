import { createServer } from 'node:net';

/** Ports of a range, each two at a time (HTTP and gRPC), passing over those that somebody listens on; begins anew at its end. */
export class FreePorts {
  readonly #first: number;
  readonly #count: number;
  #taken = 0;

  constructor(first: number, count: number) {
    this.#first = first;
    this.#count = count;
  }

  /** The first of two free ports. Throws where the whole range is taken. */
  async next(): Promise<number> {
    for (let tried = 0; tried < this.#count; tried += 2) {
      const port = this.#first + (this.#taken % this.#count);
      this.#taken += 2;
      if ((await isFree(port)) && (await isFree(port + 1))) return port;
    }
    throw new Error(
      `No two free ports from ${this.#first} to ${this.#first + this.#count}; name others by --first-port.`,
    );
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
