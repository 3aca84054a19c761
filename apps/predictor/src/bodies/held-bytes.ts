import { totalmem } from 'node:os';
import { ServingError } from '@web-single/serving';

const SHARE_OF_MEMORY = 0.25;
const RETRY_AFTER_MS = 1000;

/** Bytes of request bodies that are held at once, over all requests and ports: callers together must not fill the memory. */
export class HeldBytes {
  readonly #limitBytes: number;
  #heldBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get bytes(): number {
    return this.#heldBytes;
  }

  /** Counts bytes as held until `release`. Throws `OVERLOADED`, and counts nothing, where they would be too many. */
  hold(bytes: number): void {
    if (this.#heldBytes + bytes > this.#limitBytes) {
      const message = 'The server holds as many bytes of requests as it may: send smaller bodies, or retry.';
      throw new ServingError('OVERLOADED', message, { retryAfterMs: RETRY_AFTER_MS });
    }
    this.#heldBytes += bytes;
  }

  release(bytes: number): void {
    this.#heldBytes -= bytes;
  }
}

/** A quarter of the memory of the container where it has a limit (0 says that none is known), else of the machine. */
export function defaultHeldBytes(): number {
  const limit = process.constrainedMemory();
  return Math.floor(SHARE_OF_MEMORY * (limit > 0 ? Math.min(limit, totalmem()) : totalmem()));
}
