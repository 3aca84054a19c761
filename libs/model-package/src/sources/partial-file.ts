import { open, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';

const stateSchema = z.object({
  etag: z.string().optional(),
  complete: z
    .object({
      sha256: z.string(),
      sizeBytes: z.number(),
      etag: z.string().optional(),
      lastModified: z.string().optional(),
    })
    .optional(),
});

/** A file that has come whole. */
export type DownloadedFile = Readonly<NonNullable<z.infer<typeof stateSchema>['complete']>>;

export interface PartialState {
  readonly sizeBytes: number;
  /** Strong validator of what the bytes are the start of; without one only a known digest lets a download go on. */
  readonly etag?: string | undefined;
  readonly complete?: DownloadedFile | undefined;
}

/** A file on its way: its bytes so far and, beside it, what they are the start of. */
export class PartialFile {
  readonly path: string;
  readonly #statePath: string;

  constructor(path: string) {
    this.path = path;
    this.#statePath = `${path}.json`;
  }

  /** undefined where there is nothing to go on from. */
  async state(): Promise<PartialState | undefined> {
    const status = await stat(this.path).catch(() => undefined);
    const state = await this.#readState();
    if (status === undefined || state === undefined || status.size === 0) return undefined;
    const isWhole = state.complete?.sizeBytes === status.size;
    return { sizeBytes: status.size, etag: state.etag, ...(isWhole ? { complete: state.complete } : {}) };
  }

  /** Empty, and from now on the start of what has this validator. */
  async begin(etag: string | undefined): Promise<FileHandle> {
    await this.discard();
    await this.#writeState({ etag });
    return open(this.path, 'wx');
  }

  /** To be written behind what it holds. */
  resume(): Promise<FileHandle> {
    return open(this.path, 'r+');
  }

  complete(file: DownloadedFile): Promise<void> {
    return this.#writeState({ complete: file });
  }

  async discard(): Promise<void> {
    await rm(this.path, { force: true });
    await rm(this.#statePath, { force: true });
  }

  /** Gives the finished file its place. */
  async moveTo(path: string): Promise<void> {
    await rename(this.path, path);
    await rm(this.#statePath, { force: true });
  }

  async #readState(): Promise<z.infer<typeof stateSchema> | undefined> {
    try {
      return stateSchema.safeParse(JSON.parse(await readFile(this.#statePath, 'utf8'))).data;
    } catch {
      return undefined;
    }
  }

  async #writeState(state: z.infer<typeof stateSchema>): Promise<void> {
    await writeFile(`${this.#statePath}.new`, JSON.stringify(state));
    await rename(`${this.#statePath}.new`, this.#statePath);
  }
}
