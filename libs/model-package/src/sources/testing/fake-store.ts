import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendFile, startLocalServer, type LocalServer } from './local-server.ts';

/** Files behind a local server that speaks HTTP as file servers do, and S3's list of objects in pages of two. */
export interface FakeStore extends AsyncDisposable {
  readonly server: LocalServer;
  /** By path without the leading "/": what is there now. */
  readonly files: Map<string, Uint8Array | string>;
  /** Answers in the place of the store where it returns true. */
  interfere: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export async function startFakeStore(files: Readonly<Record<string, Uint8Array | string>>): Promise<FakeStore> {
  const held = new Map(Object.entries(files));
  const server = await startLocalServer((request, response) => {
    if (store.interfere(request, response)) return;
    const url = new URL(request.url ?? '', 'http://store');
    const bucket = /^\/bucket\/?/;
    if (url.searchParams.get('list-type') === '2') return void response.end(listing(held, url.searchParams));
    const path = decodeURIComponent(url.pathname.replace(bucket, '').replace(/^\//, ''));
    const content = held.get(path);
    sendFile(request, response, { content, etag: etagOf(content ?? '') });
  });
  const store: FakeStore = {
    server,
    files: held,
    interfere: () => false,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return store;
}

export function etagOf(content: Uint8Array | string): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}

export function sha256Of(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function listing(files: ReadonlyMap<string, Uint8Array | string>, query: URLSearchParams): string {
  const keys = [...files.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '')).sort();
  const start = Number(query.get('continuation-token') ?? 0);
  const contents = keys.slice(start, start + 2).map((key) => {
    const content = files.get(key) ?? '';
    const size = Buffer.byteLength(content);
    const etag = etagOf(content).replaceAll('"', '&quot;');
    return `<Contents><Key>${encodeURIComponent(key)}</Key><ETag>${etag}</ETag><Size>${size}</Size></Contents>`;
  });
  const isCut = start + 2 < keys.length;
  const token = isCut ? `<NextContinuationToken>${start + 2}</NextContinuationToken>` : '';
  return `<?xml version="1.0"?><ListBucketResult xmlns="x"><IsTruncated>${isCut}</IsTruncated><EncodingType>url</EncodingType>${token}${contents.join('')}</ListBucketResult>`;
}
