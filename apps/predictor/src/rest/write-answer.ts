import type { ServerResponse } from 'node:http';

/** Longest pause of a client in reading its answer. */
export const WRITE_TIMEOUT_MS = 30_000;

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** Name, value, name, value, …; without type and length of the body. */
  readonly headers: readonly string[];
}

/** Writes a whole answer past the framework, whose part in one costs more than writing it: the same bytes, head and body in one piece. */
export function writeAnswer(raw: ServerResponse, { status, type, body, headers }: Answer): void {
  const sizeBytes = Buffer.byteLength(body);
  raw.writeHead(status, [...headers, 'content-type', type, 'content-length', String(sizeBytes)]);
  // A body of ASCII need not be encoded.
  raw.end(body, sizeBytes === body.length ? 'latin1' : 'utf8');
}
