import { readFile } from 'node:fs/promises';
import { listedDigests } from '../check-digests.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import type { Manifest } from '../manifest/manifest-schema.ts';
import { PackageError } from '../package-error.ts';
import { entryPath, shownName } from './archive-entry.ts';
import type { HttpClient } from './http-client.ts';
import type { FetchFile, ModelSource, RemoteFile, SourceReply } from './model-source.ts';
import { onlyFile } from './only-file.ts';
import { SourceError } from './source-error.ts';
import { sourceReply } from './source-reply.ts';
import { retryAfterMs } from './retry-after.ts';
import type { HttpLocation, SourceUri } from './source-uri.ts';

const MANIFEST = 'model.yaml';
const CARD = 'README.md';

/** A file or archive at an address, or a package: the files that its manifest names, relative to the manifest. */
export class HttpsSource implements ModelSource {
  readonly #client: HttpClient;
  readonly #uri: SourceUri;
  readonly #location: HttpLocation;

  constructor(client: HttpClient, uri: SourceUri, location: HttpLocation) {
    this.#client = client;
    this.#uri = uri;
    this.#location = location;
  }

  async files(fetch: FetchFile): Promise<readonly RemoteFile[]> {
    const only = onlyFile(this.#uri);
    if (only !== undefined) return [only];
    const manifest = await readFetched(await fetch({ path: MANIFEST }));
    const digests = listedDigests(manifest);
    const named = [manifest.model.file, ...(manifest.golden === undefined ? [] : [manifest.golden]), ...digests.keys()];
    const required = new Set(named);
    const paths = [MANIFEST, ...new Set([...required, CARD])].filter((path, index) => index === 0 || path !== MANIFEST);
    for (const path of paths) this.#check(path);
    return paths.map((path) => {
      const sha256 = digests.get(path);
      return {
        path,
        ...(sha256 === undefined ? {} : { sha256 }),
        ...(path === MANIFEST || required.has(path) ? {} : { isOptional: true }),
      };
    });
  }

  async get(file: RemoteFile, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<SourceReply> {
    const { url, writtenHost, authorization } = this.#location;
    const target = this.#uri.shape === 'package' ? beside(url, file.path) : url;
    const given = { ...headers, ...(authorization === undefined ? {} : { authorization }) };
    const answer = await this.#client.getFollowing({ url: target, writtenHost, headers: given, signal });
    const reply = sourceReply(answer);
    if (reply !== undefined) return reply;
    answer.discard();
    throw statusError(answer.status, `${url.host}${target.pathname}`, retryAfterMs(answer.headers['retry-after']));
  }

  /** As for the files of an archive: the cache must be able to hold it. */
  #check(path: string): void {
    const read = entryPath(path);
    if (!('reason' in read)) return;
    throw new SourceError('corrupt', `${this.#uri.shown}: the file ${shownName(path)} of the manifest ${read.reason}.`);
  }
}

async function readFetched(path: string | undefined): Promise<Manifest> {
  const text = path === undefined ? '' : await readFile(path, 'utf8');
  const read = readManifest(text);
  if ('problems' in read) throw new PackageError(read.problems);
  return read.manifest;
}

/** The query goes along: it may hold what opens the whole folder. */
function beside(url: URL, path: string): URL {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const target = new URL(encoded, url);
  target.search = url.search;
  return target;
}

function statusError(status: number, shown: string, retryAfter: { retryAfterMs?: number }): SourceError {
  const where = `"${shown.slice(0, 200)}"`;
  if (status === 404 || status === 410)
    return new SourceError('not-found', `There is nothing at ${where} (${status}).`);
  if (status === 401 || status === 403) return new SourceError('forbidden', `${where} may not be read (${status}).`);
  if (status === 429 || status === 503)
    return new SourceError('throttled', `${where} cannot be had now (${status}).`, retryAfter);
  return new SourceError('refused', `${where} answered ${status}.`);
}
