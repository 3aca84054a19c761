import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { intakeTurns } from '../bodies/intake-turns.ts';

/** Largest rest of a refused body that is still read and thrown away, so that the client sees the answer instead of a reset. */
const LINGER_BYTES = 128 * 2 ** 20;
/** A smaller rest costs nobody any time. */
const SMALL_BYTES = 64 * 1024;

/**
 * What is left of a refused body is thrown away, no longer parsed, and as slowly as a body is read that is taken: others must not
 * wait for it. Where its end is not in sight, the connection closes with the answer.
 */
export function drainBody(request: FastifyRequest, reply: FastifyReply): void {
  const { raw, headers, socket } = request;
  raw.unpipe();
  drainInTurns(raw);
  const isLast = /(^|[\s,])close($|[\s,])/i.test(headers.connection ?? '');
  const isRead = raw.complete || (isInSight(headers) && headers.expect === undefined);
  void reply.header('connection', isRead && !(isLast && raw.complete) ? 'keep-alive' : 'close');
  // Closed before the rest has come, the client would see a reset.
  if (isLast && !raw.complete) raw.once('end', () => socket.end());
}

/** For answers written past the framework: Node itself would throw away what is left, all of it at once. */
export function drainLargeBody(raw: IncomingMessage): void {
  if (isLargeBodyOpen(raw)) drainInTurns(raw);
}

/** Whether more of a body may be on its way than Node throws away in no time. */
export function isLargeBodyOpen({ complete, headers }: IncomingMessage): boolean {
  return (
    !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > SMALL_BYTES)
  );
}

function drainInTurns(raw: IncomingMessage): void {
  raw.on('data', (chunk: Buffer) => intakeTurns.took(raw, chunk.length));
  raw.resume();
}

function isInSight({ 'content-length': announced }: IncomingHttpHeaders): boolean {
  return Number(announced) <= LINGER_BYTES;
}
