import { BodyMemory } from './body-memory.ts';
import { freeBuffer } from './free-buffer.ts';

const FIRST_BYTES = 16 * 1024;
const MOST_BELIEVED_BYTES = 1024 * 1024;
/** The part of what was announced that must have come before memory for all of it is taken. */
const BELIEVED_FROM = 1 / 16;
/** Of the runtime's tensors. */
const ALIGNMENT_BYTES = 16;

export interface GrowingBufferOptions {
  /**
   * What the caller says will come: believed up to a megabyte once a sixteenth of it is there, so that such a body is copied once, and
   * nobody gets memory for a promise.
   */
  readonly announcedBytes: number;
  /** The byte where tensors begin: it gets an address that they can be views from. */
  readonly alignedByte: number;
  /** True where nobody else looks at a chunk once it was pushed: its memory is freed when it has been copied. */
  readonly ownsChunks?: boolean;
  readonly memory?: BodyMemory;
}

/** One buffer that doubles: a body in tiny chunks must not become as many objects. A body in one piece stays that piece. */
export class GrowingBuffer {
  chunks = 0;
  length = 0;
  #held: Buffer = Buffer.alloc(0);
  /** Where the body begins in what is held. */
  #lead = 0;
  readonly #announcedBytes: number;
  readonly #alignedByte: number;
  readonly #ownsChunks: boolean;
  readonly #memory: BodyMemory;

  constructor({ announcedBytes, alignedByte, ownsChunks = false, memory = noMemory }: GrowingBufferOptions) {
    this.#announcedBytes = Math.min(announcedBytes || 0, MOST_BELIEVED_BYTES);
    this.#alignedByte = Number.isSafeInteger(alignedByte) ? alignedByte : 0;
    this.#ownsChunks = ownsChunks;
    this.#memory = memory;
  }

  push(chunk: Buffer): void {
    const needed = this.length + chunk.length;
    if (this.chunks === 0) this.#held = chunk;
    else {
      if (this.#lead + needed > this.#held.length) this.#grow(needed);
      chunk.copy(this.#held, this.#lead + this.length);
      if (this.#ownsChunks) freeBuffer(chunk);
    }
    this.length = needed;
    this.chunks += 1;
  }

  #grow(needed: number): void {
    const lead = (ALIGNMENT_BYTES - (this.#alignedByte % ALIGNMENT_BYTES)) % ALIGNMENT_BYTES;
    const isBelieved = needed >= BELIEVED_FROM * this.#announcedBytes;
    const sizeBytes = Math.max(needed, 2 * this.length, isBelieved ? this.#announcedBytes : 0, FIRST_BYTES);
    const grown = this.#memory.take(lead + sizeBytes);
    this.#held.copy(grown, lead, this.#lead, this.#lead + this.length);
    if (this.chunks > 1) this.#memory.give(this.#held);
    else if (this.#ownsChunks) freeBuffer(this.#held);
    this.#held = grown;
    this.#lead = lead;
  }

  bytes(): Buffer {
    return this.#held.subarray(this.#lead, this.#lead + this.length);
  }

  /** Gives the memory of `bytes()` to the next body. At most once, and when nobody will look at any view of it. */
  release(): void {
    if (this.chunks > 1) this.#memory.give(this.#held);
    this.#held = Buffer.alloc(0);
    this.length = 0;
    this.#lead = 0;
  }
}

const noMemory = new BodyMemory(0);
