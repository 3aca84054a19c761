import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LocalServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Every request so far: path, and headers as they came. */
  readonly requests: { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  /** What answers from now on. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
}

/** A real server on a free loopback port that answers as a test says. */
export async function startLocalServer(answer: LocalServer['answer']): Promise<LocalServer> {
  const requests: LocalServer['requests'] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? '', headers: request.headers });
    local.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const local: LocalServer = {
    port,
    url: `http://127.0.0.1:${port}`,
    requests,
    answer,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return local;
}

/** Answers as a good file server does: ranges, conditions, a strong validator. */
export function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { content, etag }: { readonly content: Uint8Array | string | undefined; readonly etag: string },
): void {
  if (content === undefined) return void response.writeHead(404).end('nothing here');
  const bytes = Buffer.from(content);
  const { range, 'if-range': ifRange, 'if-none-match': ifNoneMatch } = request.headers;
  const headers = { etag, 'accept-ranges': 'bytes' };
  if (ifNoneMatch === etag) return void response.writeHead(304, headers).end();
  const start = /^bytes=(\d+)-/.exec(range ?? '')?.[1];
  if (start === undefined || (ifRange !== undefined && ifRange !== etag))
    return void response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
  const from = Number(start);
  if (from >= bytes.length)
    return void response.writeHead(416, { ...headers, 'content-range': `bytes */${bytes.length}` }).end();
  const part = bytes.subarray(from);
  const contentRange = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
  response.writeHead(206, { ...headers, 'content-range': contentRange, 'content-length': part.length }).end(part);
}
