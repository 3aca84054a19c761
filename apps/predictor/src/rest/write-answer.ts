import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** Longest pause of a client in reading its answer. */
export const WRITE_TIMEOUT_MS = 30_000;

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** Name, value, name, value, …; without type and length of the body. */
  readonly headers: readonly string[];
}

/** The headers of `Answer` that the framework would write: those set on the reply, and what its hooks add when an answer is sent. */
export function headersOf(reply: FastifyReply, isDraining: boolean): string[] {
  const headers: string[] = [];
  for (const [name, value] of Object.entries(reply.getHeaders())) headers.push(name, String(value));
  // A client must not send its next request on a connection that is about to be closed.
  if (isDraining) headers.push('connection', 'close');
  return headers;
}

/** Writes a whole answer past the framework, whose part in one costs more than writing it: the same bytes, head and body in one piece. */
export function writeAnswer(raw: ServerResponse, { status, type, body, headers }: Answer): void {
  const sizeBytes = Buffer.byteLength(body);
  raw.writeHead(status, [...headers, 'content-type', type, 'content-length', String(sizeBytes)]);
  // A body of ASCII need not be encoded.
  raw.end(body, sizeBytes === body.length ? 'latin1' : 'utf8');
}
