import { SourceError } from './source-error.ts';

/** How many bytes one fetch may still bring, all its files together. */
export class ByteBudget {
  readonly #limitBytes: number;
  #takenBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Throws where the bytes to come are more than are left. */
  check(bytes: number): void {
    if (this.#takenBytes + bytes <= this.#limitBytes) return;
    const message = `It delivers more than ${this.#limitBytes} bytes (MODEL_SOURCE_LIMIT_BYTES).`;
    throw new SourceError('too-large', message);
  }

  take(bytes: number): void {
    this.check(bytes);
    this.#takenBytes += bytes;
  }
}
