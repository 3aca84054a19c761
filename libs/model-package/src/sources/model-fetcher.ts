import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ByteBudget } from './byte-budget.ts';
import { completeEntry, entryName, isWhole, servedPath } from './cache-entry.ts';
import { cacheError } from './cache-error.ts';
import { openCacheFolder } from './cache-folder.ts';
import { claimSlot, type CacheSlot } from './cache-slot.ts';
import { createSource, type SourceSettings } from './create-source.ts';
import { FileCollector, type Collected } from './file-collector.ts';
import { KnownStates, sourceKey, type KnownState } from './known-state.ts';
import { SourceError } from './source-error.ts';
import type { SourceUri } from './source-uri.ts';
import { stageEntry } from './stage-entry.ts';
import { makeFolder } from './make-folder.ts';

export interface FetcherSettings extends SourceSettings {
  /** Folder of the cache; one among the system's temporary files without. */
  readonly cacheFolder?: string | undefined;
  /** Most bytes that one fetch brings, and that an archive unpacks to. */
  readonly limitBytes: number;
}

export interface FetchedModel {
  /** A folder or file as `openModels` takes them. */
  readonly path: string;
  /** False where the cache had what is pinned, and nobody was asked. */
  readonly isAsked: boolean;
}

/**
 * Brings what a URI names into the cache and says where it lies. What is pinned and there already is taken from the cache;
 * everything else asks the source, and where that cannot be reached the fetch fails: an earlier state never stands in for it.
 */
export class ModelFetcher {
  readonly #settings: FetcherSettings;

  constructor(settings: FetcherSettings) {
    this.#settings = settings;
  }

  /** Rejects with `SourceError`, or with `PackageError` for a manifest that cannot be read. */
  async fetch(uri: SourceUri, signal: AbortSignal): Promise<FetchedModel> {
    try {
      const cache = await openCacheFolder(this.#settings.cacheFolder);
      const pinned = uri.pin === undefined ? undefined : join(cache, 'entries', entryName(uri, uri.pin));
      if (pinned !== undefined && (await isWhole(pinned, uri, signal)))
        return { path: servedPath(pinned, uri), isAsked: false };
      return { path: servedPath(await this.#download(cache, uri, signal), uri), isAsked: true };
    } catch (error) {
      signal.throwIfAborted();
      throw cacheError(error, this.#settings.cacheFolder);
    }
  }

  /** Asks for the first byte of what a URI names: whether it could be fetched now. Rejects with `SourceError`. */
  async probe(uri: SourceUri, signal: AbortSignal): Promise<void> {
    const source = createSource(uri, this.#settings);
    const none = (): Promise<string | undefined> => Promise.resolve(undefined);
    const path = uri.shape === 'package' && uri.location.scheme === 'http' ? 'model.yaml' : undefined;
    const [first] = path === undefined ? await source.files(none, signal) : [{ path }];
    if (first === undefined) return;
    const reply = await source.get(first, { range: 'bytes=0-0' }, signal);
    reply.discard();
  }

  async #download(cache: string, uri: SourceUri, signal: AbortSignal): Promise<string> {
    const states = new KnownStates(cache);
    await using slot = await claimSlot(join(cache, 'partial', sourceKey(uri)));
    const known = await this.#verified(cache, uri, await states.read(uri), signal);
    const budget = new ByteBudget(this.#settings.limitBytes);
    const source = createSource(uri, this.#settings);
    const collector = new FileCollector({ source, uri, partialFolder: slot.folder, known, budget, signal });
    const collected = await collector.collect();
    const entry = await this.#publish({ cache, uri, collected, slot }, signal);
    const remote = [...collected.files].map(([path, { at: _at, ...facts }]) => ({ path, ...facts }));
    await states.write(uri, { version: 1, entry: basename(entry), remote });
    await emptyFolder(slot.folder);
    return entry;
  }

  /** What the source delivered last, if it lies here whole. */
  async #verified(cache: string, uri: SourceUri, state: KnownState | undefined, signal: AbortSignal) {
    if (state === undefined) return undefined;
    const entry = join(cache, 'entries', state.entry);
    return (await isWhole(entry, uri, signal)) ? { state, entry } : undefined;
  }

  /** Gives what was collected its place under its digest, all at once. */
  async #publish({ cache, uri, collected, slot }: Publication, signal: AbortSignal): Promise<string> {
    if (uri.pin !== undefined && collected.sha256 !== uri.pin) {
      await emptyFolder(slot.folder);
      const message = `${uri.shown}: sha256 expected ${uri.pin}, got ${collected.sha256}. What came was deleted.`;
      throw new SourceError('corrupt', message);
    }
    const entry = join(cache, 'entries', entryName(uri, collected.sha256));
    if (await isWhole(entry, uri, signal)) return entry;
    const staging = join(slot.folder, 'staging');
    await rm(staging, { recursive: true, force: true });
    try {
      await stageEntry(staging, { uri, collected, limitBytes: this.#settings.limitBytes, signal });
      await completeEntry(staging, uri, signal);
      await makeFolder(dirname(entry));
      // Something that is not whole may lie there.
      await rm(entry, { recursive: true, force: true });
      await rename(staging, entry);
    } catch (error) {
      await rm(staging, { recursive: true, force: true });
      throw error;
    }
    return entry;
  }
}

interface Publication {
  readonly cache: string;
  readonly uri: SourceUri;
  readonly collected: Collected;
  readonly slot: CacheSlot;
}

async function emptyFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}
