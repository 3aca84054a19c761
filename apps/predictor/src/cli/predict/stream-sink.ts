import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { isGone, unwritable, type TextSink } from './text-sink.ts';

/** Standard output, or whatever else stays open afterwards. */
export class StreamSink implements TextSink {
  readonly #stream: Writable;
  #error: unknown;

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on('error', (error) => (this.#error ??= error));
  }

  get isBroken(): boolean {
    return isGone(this.#error);
  }

  async write(text: string): Promise<void> {
    if (text === '' || this.isBroken) return;
    if (!this.#stream.write(text)) await this.#drained();
    this.#throwError();
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

  async finish(): Promise<void> {
    await this.#flushed();
    this.#throwError();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#flushed();
  }

  async #flushed(): Promise<void> {
    if (this.#error !== undefined) return;
    await new Promise<void>((resolve) =>
      this.#stream.write('', (error) => resolve(void (this.#error ??= error ?? undefined))),
    );
  }

  #throwError(): void {
    if (this.#error !== undefined && !this.isBroken) throw unwritable('Standard output', this.#error);
  }
}
