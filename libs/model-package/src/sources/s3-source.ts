import { entryPath, SeenPaths, shownName } from './archive-entry.ts';
import type { ModelSource, RemoteFile, SourceReply } from './model-source.ts';
import { onlyFile } from './only-file.ts';
import { readBody } from './read-body.ts';
import type { S3Client } from './s3-client.ts';
import { s3Error } from './s3-error.ts';
import { readListing, type S3Object, type S3Page } from './s3-listing.ts';
import { SourceError } from './source-error.ts';
import { sourceReply } from './source-reply.ts';
import type { S3Location, SourceUri } from './source-uri.ts';

const MAX_OBJECTS = 20_000;

/** One object of an S3 bucket, or all that lie below a prefix. */
export class S3Source implements ModelSource {
  readonly #client: S3Client;
  readonly #uri: SourceUri;
  readonly #location: S3Location;

  constructor(client: S3Client, uri: SourceUri, location: S3Location) {
    this.#client = client;
    this.#uri = uri;
    this.#location = location;
  }

  async files(_fetch: unknown, signal: AbortSignal): Promise<readonly RemoteFile[]> {
    const only = onlyFile(this.#uri);
    if (only !== undefined) return [only];
    const objects = await this.#list(signal);
    const seen = new SeenPaths();
    const files = objects.filter(({ key }) => !key.endsWith('/')).map((object) => this.#fileOf(object, seen));
    if (files.length === 0) throw new SourceError('not-found', `${this.#uri.shown}: there are no objects below it.`);
    return files;
  }

  async get(file: RemoteFile, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<SourceReply> {
    const { shape, shown } = this.#uri;
    const key = shape === 'package' ? `${this.#location.key}${file.path}` : this.#location.key;
    const answer = await this.#client.get({ location: this.#location, key, headers, signal });
    const reply = sourceReply(answer);
    if (reply !== undefined) return reply;
    throw await s3Error(shape === 'package' ? `${shown}: ${file.path}` : shown, answer);
  }

  #fileOf({ key, etag, sizeBytes }: S3Object, seen: SeenPaths): RemoteFile {
    const name = key.slice(this.#location.key.length);
    const read = entryPath(name);
    // A path that is changed on reading would not lead back to its key.
    const reason =
      'reason' in read ? read.reason : read.path === name ? seen.add(name) : 'is not a plain relative path';
    if (reason === undefined) return { path: name, sizeBytes, ...(etag === undefined ? {} : { etag }) };
    throw new SourceError('corrupt', `${this.#uri.shown}: the object ${shownName(name)} ${reason}.`);
  }

  async #list(signal: AbortSignal): Promise<S3Object[]> {
    const objects: S3Object[] = [];
    let token: string | undefined;
    do {
      const page: S3Page = await this.#listPage(token, signal);
      objects.push(...page.objects);
      if (objects.length > MAX_OBJECTS)
        throw new SourceError('too-large', `${this.#uri.shown}: there are more than ${MAX_OBJECTS} objects below it.`);
      token = page.continuationToken;
    } while (token !== undefined);
    return objects;
  }

  async #listPage(token: string | undefined, signal: AbortSignal): Promise<S3Page> {
    const { shown } = this.#uri;
    const query = {
      ...(token === undefined ? {} : { 'continuation-token': token }),
      'encoding-type': 'url',
      'list-type': '2',
      prefix: this.#location.key,
    };
    const answer = await this.#client.get({ location: this.#location, key: '', query, signal });
    if (answer.status !== 200) throw await s3Error(shown, answer);
    const page = readListing(await readBody(answer));
    if (page === undefined) throw new SourceError('refused', `${shown}: the answer is no list of objects.`);
    return page;
  }
}
