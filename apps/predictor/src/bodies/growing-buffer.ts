import { BodyMemory } from './body-memory.ts';
import { freeBuffer } from './free-buffer.ts';

const FIRST_BYTES = 16 * 1024;
/** The part of what was announced that must have come before memory is taken for it … */
const BELIEVED_FROM = 1 / 16;
/** … for so much of it, and beyond that for so many times of what has come. */
const SOON_BELIEVED_BYTES = 1024 * 1024;
const BELIEVED_TIMES = 4;
/** Of the runtime's tensors. */
const ALIGNMENT_BYTES = 16;

export interface GrowingBufferOptions {
  /**
   * What the caller says will come: believed up to a megabyte once a sixteenth of it is there, and all of it with a quarter, so that a body is
   * copied once or twice, and nobody gets memory for a promise.
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
    this.#announcedBytes = announcedBytes || 0;
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
    const sizeBytes = Math.max(needed, this.#believedBytes(needed) || 2 * this.length, FIRST_BYTES);
    const grown = this.#memory.take(lead + sizeBytes);
    this.#held.copy(grown, lead, this.#lead, this.#lead + this.length);
    if (this.chunks > 1) this.#memory.give(this.#held);
    else if (this.#ownsChunks) freeBuffer(this.#held);
    this.#held = grown;
    this.#lead = lead;
  }

  /** 0 where nothing was announced that is still to come, or too little of it has come. */
  #believedBytes(needed: number): number {
    const announced = this.#announcedBytes;
    if (needed > announced || needed < BELIEVED_FROM * announced) return 0;
    return Math.min(announced, Math.max(SOON_BELIEVED_BYTES, BELIEVED_TIMES * needed));
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
