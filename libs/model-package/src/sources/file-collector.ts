import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ByteBudget } from './byte-budget.ts';
import { entryFiles, packageSha256 } from './cache-entry.ts';
import { downloadFile } from './download-file.ts';
import type { KnownFile, KnownState } from './known-state.ts';
import type { ModelSource, RemoteFile } from './model-source.ts';
import { PartialFile } from './partial-file.ts';
import { SourceError } from './source-error.ts';
import type { SourceUri } from './source-uri.ts';

export interface CollectorParts {
  readonly source: ModelSource;
  readonly uri: SourceUri;
  readonly partialFolder: string;
  /** What the source delivered last, whole and verified. */
  readonly known: { readonly state: KnownState; readonly entry: string } | undefined;
  readonly budget: ByteBudget;
  readonly signal: AbortSignal;
}

/** A file of a source: come just now, or unchanged in the entry at hand. */
export interface CollectedFile extends KnownFile {
  readonly at: PartialFile | { readonly copyOf: string };
}

/** All files of a source as they are now. */
export interface Collected {
  /** Of the one file's bytes, else of the package. */
  readonly sha256: string;
  readonly files: ReadonlyMap<string, CollectedFile>;
}

const AT_ONCE = 4;

/** Fetches every file of a source that is not at hand already. */
export class FileCollector {
  readonly #parts: CollectorParts;
  readonly #files = new Map<string, CollectedFile>();

  readonly #failing = new AbortController();
  readonly #signal: AbortSignal;

  constructor(parts: CollectorParts) {
    this.#parts = parts;
    this.#signal = AbortSignal.any([parts.signal, this.#failing.signal]);
  }

  async collect(): Promise<Collected> {
    const { source, uri, budget } = this.#parts;
    const files = await source.files((file) => this.#fetch(file), this.#signal);
    budget.check(files.reduce((total, { sizeBytes = 0 }) => total + sizeBytes, 0));
    await this.#fetchAll(files);
    const sums = new Map([...this.#files].map(([path, { sha256 }]) => [path, sha256]));
    const [only = ''] = sums.values();
    return { sha256: uri.shape === 'package' ? packageSha256(sums) : only, files: this.#files };
  }

  /** Some at once: many small files would wait for the disk and the network in turn. The first failure ends the others. */
  async #fetchAll(files: readonly RemoteFile[]): Promise<void> {
    const waiting = [...files];
    const fetchNext = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await this.#fetch(next);
    };
    const fetching = Array.from({ length: AT_ONCE }, () =>
      fetchNext().catch((error: unknown) => this.#failing.abort(error)),
    );
    await Promise.all(fetching);
    this.#signal.throwIfAborted();
  }

  async #fetch(remote: RemoteFile): Promise<string | undefined> {
    const { path } = remote;
    const file = this.#files.get(path) ?? this.#reuse(remote) ?? (await this.#download(remote));
    if (file === undefined) return undefined;
    this.#files.set(path, file);
    return file.at instanceof PartialFile ? file.at.path : file.at.copyOf;
  }

  /** The copy at hand where the source's own listing or a manifest says that it is the same. */
  #reuse({ path, sha256, etag }: RemoteFile): CollectedFile | undefined {
    const before = this.#before(path);
    const isSame = sha256 === undefined ? etag !== undefined && etag === before?.etag : sha256 === before?.sha256;
    return isSame ? before : undefined;
  }

  async #download(remote: RemoteFile): Promise<CollectedFile | undefined> {
    const { source, uri, partialFolder, budget } = this.#parts;
    const signal = this.#signal;
    const { path, sha256, etag, isOptional } = remote;
    const partial = new PartialFile(join(partialFolder, createHash('sha256').update(path).digest('hex').slice(0, 32)));
    const known = this.#before(path);
    try {
      const came = await downloadFile({
        shown: uri.shape === 'package' ? `${uri.shown}: ${path}` : uri.shown,
        get: (headers) => source.get(remote, headers, signal),
        ...{ partial, budget, signal, sha256, etag, known },
      });
      return came === 'unchanged' ? known : { ...came, at: partial };
    } catch (error) {
      if (isOptional === true && error instanceof SourceError && error.reason === 'not-found') return undefined;
      throw error;
    }
  }

  /** A file of the entry at hand. */
  #before(path: string): CollectedFile | undefined {
    const { known, uri } = this.#parts;
    const file = known?.state.remote.find((candidate) => candidate.path === path);
    if (known === undefined || file === undefined) return undefined;
    return { ...file, at: { copyOf: join(entryFiles(known.entry, uri), path) } };
  }
}
