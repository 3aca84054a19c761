import { freeBuffer } from './free-buffer.ts';

/** Smaller bodies gain nothing. */
const LEAST_BYTES = 64 * 1024;
/** Of all that waits for the next body: a few tensors. */
const MOST_FREE_BYTES = 2 * 1024 * 1024;

/**
 * Memory of large bodies, used again by the next ones: new pages for each cost more than the bytes that are copied into them, and V8
 * collects its whole heap for every 64 MB of them. Who takes it owns it, and may keep it: then the collector has it.
 */
export class BodyMemory {
  readonly #mostFreeBytes: number;
  /** Each once, and nobody else's. */
  #free: Buffer[] = [];
  #freeBytes = 0;

  constructor(mostFreeBytes = MOST_FREE_BYTES) {
    this.#mostFreeBytes = mostFreeBytes;
  }

  get freeBytes(): number {
    return this.#freeBytes;
  }

  /** At least `sizeBytes`, with what it last held in it. */
  take(sizeBytes: number): Buffer {
    if (sizeBytes < LEAST_BYTES) return Buffer.allocUnsafeSlow(sizeBytes);
    const index = this.#free.findIndex(({ length }) => length >= sizeBytes && length <= 2 * sizeBytes);
    if (index < 0) return Buffer.allocUnsafeSlow(Math.ceil(sizeBytes / LEAST_BYTES) * LEAST_BYTES);
    const [found] = this.#free.splice(index, 1);
    this.#freeBytes -= found!.length;
    return found!;
  }

  /** From its owner, who has no view of it left that anybody will look at. What is too much is freed at once. */
  give(buffer: Buffer): void {
    if (buffer.length < LEAST_BYTES || this.#freeBytes + buffer.length > this.#mostFreeBytes) return freeBuffer(buffer);
    this.#free.push(buffer);
    this.#freeBytes += buffer.length;
  }
}
