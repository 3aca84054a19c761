import { open, type FileHandle } from 'node:fs/promises';
import { isGone, unwritable, type TextSink } from './text-sink.ts';

/** A file, in the place of one that is there. It is opened when there is something to write: until then nothing is lost. */
export class FileSink implements TextSink {
  readonly #path: string;
  #file: FileHandle | undefined;
  #isBroken = false;

  constructor(path: string) {
    this.#path = path;
  }

  get isBroken(): boolean {
    return this.#isBroken;
  }

  async write(text: string): Promise<void> {
    if (text === '' || this.#isBroken) return;
    await this.#try(async () => (await this.#opened()).writeFile(text));
  }

  async finish(): Promise<void> {
    if (this.#isBroken) return;
    // Some disks tell only here that they did not take it.
    await this.#try(async () => {
      const file = await this.#opened();
      this.#file = undefined;
      await file.close();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    // What led here is told already.
    await file?.close().catch(() => undefined);
  }

  async #opened(): Promise<FileHandle> {
    return (this.#file ??= await open(this.#path, 'w'));
  }

  async #try(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!isGone(error)) throw unwritable(`"${this.#path}"`, error);
      this.#isBroken = true;
    }
  }
}
