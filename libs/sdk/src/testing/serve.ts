import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export type Answer = (response: ServerResponse, seen: SeenRequest, attempt: number) => unknown;

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  /** In the order they came. */
  readonly seen: readonly SeenRequest[];
  /** Resolves when a connection is closed by the client. */
  readonly closed: Promise<void>;
  /** Resolves when so many requests have come. */
  arrived(count: number): Promise<void>;
}

/** A real HTTP server on a free port that answers every request with `answer`. */
export async function serve(answer: Answer): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  let close = (): void => {};
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const arrived = (count: number): Promise<void> =>
    new Promise((resolve) => (seen.length >= count ? resolve() : void waiting.push({ count, resolve })));
  const closed = new Promise<void>((resolve) => (close = resolve));
  const server = createServer((request, response) => {
    response.on('close', () => !response.writableFinished && close());
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      seen.push({ method, path, headers, body: Buffer.concat(chunks) });
      for (const { count, resolve } of waiting) if (seen.length >= count) resolve();
      answer(response, seen.at(-1)!, seen.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, seen, closed, arrived, [Symbol.asyncDispose]: stop };
}

export const adelie = { label: 'Adelie', probabilities: { Adelie: 0.9, Chinstrap: 0.1, Gentoo: 0 } };

export const timing = { queueMs: 0, preprocessMs: 0, inferMs: 1, postprocessMs: 0, totalMs: 1 };

export const identity = { name: 'penguins', version: '1.0.0', digest: 'sha256:00' };

/** What the predictor answers: the same prediction for every row. */
export function answerTo({ headers, body }: SeenRequest): object {
  const isJson = headers['content-type'] === 'application/json';
  const count = isJson ? (JSON.parse(body.toString()) as { rows: unknown[] }).rows.length : 1;
  return { model: identity, timing, predictions: Array<unknown>(count).fill(adelie) };
}

export function predictions(response: ServerResponse, seen: SeenRequest): void {
  json(response, 200, answerTo(seen));
}

export function json(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req-1', ...headers });
  response.end(JSON.stringify(value));
}

export function problem(response: ServerResponse, status: number, code: string, more: object = {}): void {
  const { headers = {}, ...rest } = more as { headers?: Record<string, string> };
  json(
    response,
    status,
    { type: 'x', title: 'x', status, detail: `${code}.`, code, requestId: 'req-1', ...rest },
    headers,
  );
}
