import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { InputError } from './input-row.ts';

/** Takes text as fast as its reader does, and knows when nobody reads any more. */
export class TextSink implements AsyncDisposable {
  readonly #stream: Writable;
  readonly #isFile: boolean;
  #error: NodeJS.ErrnoException | undefined;

  private constructor(stream: Writable, isFile: boolean) {
    this.#stream = stream;
    this.#isFile = isFile;
    stream.on('error', (error) => (this.#error = error));
  }

  /** Standard output, or whatever else stays open afterwards. */
  static to(stream: Writable): TextSink {
    return new TextSink(stream, false);
  }

  /** A new file, in the place of one that is there. Rejects with `InputError`. */
  static async toFile(path: string): Promise<TextSink> {
    const stream = createWriteStream(path);
    try {
      await once(stream, 'open');
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
      throw new InputError(`"${path}" cannot be written (${code}). Name a file in a folder that is there.`, {
        cause: error,
      });
    }
    return new TextSink(stream, true);
  }

  /** True once the reader has gone, as `head` does when it has enough. */
  get isBroken(): boolean {
    return this.#error?.code === 'EPIPE';
  }

  /** Resolves when more may be written. Rejects where the disk does not take it. */
  async write(text: string): Promise<void> {
    if (text === '' || this.isBroken) return;
    if (!this.#stream.write(text)) await this.#drained();
    if (this.#error !== undefined && !this.isBroken) throw this.#error;
  }

  async #drained(): Promise<void> {
    if (this.#error !== undefined) return;
    const done = new AbortController();
    const { signal } = done;
    await Promise.race(['drain', 'close', 'error'].map((event) => once(this.#stream, event, { signal }))).catch(
      () => undefined,
    );
    done.abort();
  }

  /** All of it is on its way; a file is closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isFile) await new Promise<void>((resolve) => this.#stream.end(() => resolve()));
    else if (!this.isBroken) await new Promise<void>((resolve) => this.#stream.write('', () => resolve()));
  }
}
