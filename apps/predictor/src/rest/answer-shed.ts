import type { ServingError } from '@web-single/serving';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isOip } from './oip-edge.ts';
import { refusalAnswer, retryAfterSeconds } from './refusal-answer.ts';

/** Longest pause of a client in reading its answer. */
export const WRITE_TIMEOUT_MS = 30_000;

/**
 * Writes the answer to a shed prediction past the framework, whose part in an answer costs more than all else of a refusal.
 * The same bytes as any other error: `headers` are those that the framework would have added.
 */
export function answerShed(
  { code, message, retryAfterMs }: ServingError,
  request: FastifyRequest,
  { raw }: FastifyReply,
  headers: readonly string[],
): number {
  const refusal = { code, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  const { status, type, body } = refusalAnswer(refusal, request.id, isOip(request));
  const retryAfter = retryAfterMs === undefined ? [] : ['retry-after', retryAfterSeconds(retryAfterMs)];
  const sizeBytes = Buffer.byteLength(body);
  const content = ['content-type', type, 'content-length', String(sizeBytes)];
  // Head and body leave in one piece; one of ASCII need not be encoded.
  raw
    .writeHead(status, [...headers, ...retryAfter, ...content])
    .end(body, sizeBytes === body.length ? 'latin1' : 'utf8');
  const { socket } = raw;
  if (socket !== null && socket.writableLength > 0) raw.setTimeout(WRITE_TIMEOUT_MS, () => raw.destroy());
  return status;
}
