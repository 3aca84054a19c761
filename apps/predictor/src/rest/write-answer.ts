import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { PredictionAnswer } from './prediction-answer.ts';

/** Pause of a client in reading its answer after which it is given up, when Node has looked once more: after up to twice as long. */
export const WRITE_TIMEOUT_MS = 30_000;

export interface Answer extends PredictionAnswer {
  readonly status: number;
}

/** The headers of `Answer` that the framework would write: those set on the reply, and what its hooks add when an answer is sent. */
export function headersOf(reply: FastifyReply, isDraining: boolean): string[] {
  const headers: string[] = [];
  for (const [name, value] of Object.entries(reply.getHeaders())) headers.push(name, String(value));
  // A client must not send its next request on a connection that is about to be closed.
  if (isDraining && !reply.hasHeader('connection')) headers.push('connection', 'close');
  return headers;
}

/** Writes a whole answer past the framework, whose part in one costs more than writing it: the same bytes, head and body in one piece. */
export function writeAnswer(raw: ServerResponse, { status, type, body, headers }: Answer): void {
  const sizeBytes = sizeOf(body);
  raw.writeHead(status, [...headers, 'content-type', type, 'content-length', String(sizeBytes)]);
  // A body of ASCII need not be encoded.
  if (typeof body === 'string') return void raw.end(body, sizeBytes === body.length ? 'latin1' : 'utf8');
  raw.cork();
  for (const bytes of body) raw.write(bytes);
  raw.end();
}

/** Bytes of a body. */
export function sizeOf(body: PredictionAnswer['body']): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.reduce((sum, { length }) => sum + length, 0);
}
