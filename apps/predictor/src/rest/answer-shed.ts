import type { ServingError } from '@web-single/serving';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isOip } from './oip-edge.ts';
import { refusalAnswer, retryAfterSeconds } from './refusal-answer.ts';
import { writeAnswer, WRITE_TIMEOUT_MS } from './write-answer.ts';

/**
 * Writes the answer to a shed prediction past the framework. The same bytes as of every other error: `headers` are those that
 * the framework would have added.
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
  writeAnswer(raw, { status, type, body, headers: [...headers, ...retryAfter] });
  const { socket } = raw;
  if (socket !== null && socket.writableLength > 0) raw.setTimeout(WRITE_TIMEOUT_MS, () => raw.destroy());
  return status;
}
