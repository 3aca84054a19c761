import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A file server on a free loopback port, with ranges and validators. */
export interface FileServer extends AsyncDisposable {
  readonly url: string;
  /** What is there, by path with the leading "/"; a test changes it. */
  readonly files: Map<string, Uint8Array>;
  /** Range headers of the requests so far. */
  readonly ranges: (string | undefined)[];
  /** Sends no more than these bytes of a body and then nothing; undefined: all. */
  stallAfterBytes: number | undefined;
}

export async function startFileServer(files: Readonly<Record<string, Uint8Array>>): Promise<FileServer> {
  const ranges: FileServer['ranges'] = [];
  const server = createServer((request, response) => {
    const { range } = request.headers;
    ranges.push(range);
    const content = held.files.get(request.url ?? '');
    if (content === undefined) return void response.writeHead(404).end();
    const etag = `"${createHash('sha256').update(content).digest('hex')}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const body = content.subarray(start);
    const contentRange = { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` };
    const headers = { etag, 'content-length': body.length, ...(start > 0 ? contentRange : {}) };
    response.writeHead(start > 0 ? 206 : 200, headers);
    send(response, body, held.stallAfterBytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const held: FileServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files: new Map(Object.entries(files)),
    ranges,
    stallAfterBytes: undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return held;
}

function send(response: ServerResponse, body: Uint8Array, stallAfterBytes: number | undefined): void {
  if (stallAfterBytes === undefined) return void response.end(body);
  response.write(body.subarray(0, stallAfterBytes));
}
