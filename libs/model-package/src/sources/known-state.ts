import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SourceUri } from './source-uri.ts';
import { makeFolder } from './make-folder.ts';

const stateSchema = z.object({
  version: z.literal(1),
  entry: z.string().regex(/^[a-z0-9-]+-[A-Za-z0-9._-]+$/),
  remote: z.array(
    z.object({
      path: z.string(),
      sha256: z.string(),
      etag: z.string().optional(),
      lastModified: z.string().optional(),
    }),
  ),
});

/** What a source delivered last: the cache's entry, and the validators of every file it came from. */
export type KnownState = z.infer<typeof stateSchema>;
export type KnownFile = Omit<KnownState['remote'][number], 'path'>;

/** Remembers for each source what it delivered last, so that it can be asked whether that has changed. */
export class KnownStates {
  readonly #folder: string;

  constructor(cacheFolder: string) {
    this.#folder = join(cacheFolder, 'sources');
  }

  async read(uri: SourceUri): Promise<KnownState | undefined> {
    const text = await readFile(this.#path(uri), 'utf8').catch(() => undefined);
    try {
      return text === undefined ? undefined : stateSchema.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  }

  async write(uri: SourceUri, state: KnownState): Promise<void> {
    await makeFolder(this.#folder);
    const path = this.#path(uri);
    await writeFile(`${path}.${process.pid}`, JSON.stringify(state));
    await rename(`${path}.${process.pid}`, path);
  }

  /** By hash: an address may hold what opens it. */
  #path(uri: SourceUri): string {
    return join(this.#folder, `${sourceKey(uri)}.json`);
  }
}

/** What a source is told apart by, also in the cache: its address with the query, of which the key shows nothing. */
export function sourceKey({ location }: SourceUri): string {
  const address = location.scheme === 's3' ? `s3://${location.bucket}/${location.key}` : location.url.href;
  return createHash('sha256').update(address).digest('hex').slice(0, 32);
}
