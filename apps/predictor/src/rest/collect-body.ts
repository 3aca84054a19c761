import type { IncomingMessage } from 'node:http';
import { ContractError } from '@web-single/contract';
import type { FastifyRequest } from 'fastify';
import { GrowingBuffer } from '../bodies/growing-buffer.ts';
import type { HeldBytes } from '../bodies/held-bytes.ts';
import { IntakeTurns } from '../bodies/intake-turns.ts';

/** Most pieces of one body. Each costs far more than the bytes in it, so that their number is capped as well. */
const MAX_CHUNKS = 100_000;

/** Of the process, as its event loop is. */
const turns = new IntakeTurns();

type Done = (error: Error | null, body?: Buffer) => void;

/**
 * A body parser that gives the bytes as they are, at most `limitBytes`, and holds little more than those while it reads. They
 * count as held until the reply is done.
 */
export function collectBody(limitBytes: number, held: HeldBytes) {
  return (request: FastifyRequest, stream: IncomingMessage, done: Done): void => {
    if (Number(request.headers['content-length']) > limitBytes) {
      done(tooLarge());
      return;
    }
    const announcedBytes = Number(request.headers['content-length'] ?? 0);
    const body = new GrowingBuffer(announcedBytes, Number(request.headers['inference-header-content-length'] ?? 0));
    const settle: Done = (error, bytes) => {
      stream.off('data', take).off('end', finish).off('error', settle);
      done(error, bytes);
    };
    const finish = (): void => settle(null, body.bytes());
    const take = (chunk: Buffer): void => {
      if (body.chunks > 0) turns.took(stream, chunk.length);
      if (body.chunks >= MAX_CHUNKS || body.length + chunk.length > limitBytes) return settle(tooLarge());
      if (request.outcome.isOver) return;
      try {
        held.hold(chunk.length);
      } catch (error) {
        return settle(error as Error);
      }
      request.outcome.heldBytes += chunk.length;
      body.push(chunk);
    };
    stream.on('data', take).on('end', finish).on('error', settle);
  };
}

/** Lets a multipart body fail with 413 once more than `limitBytes` of it arrived, whatever it announced. */
export function limitMultipart(request: FastifyRequest, limitBytes: number): Error | undefined {
  const { raw } = request;
  if (Number(request.headers['content-length']) > limitBytes) return tooLarge();
  let received = 0;
  // The parser starts the flow when it is there to read: counting before would lose what comes first.
  raw.once('resume', () => {
    raw.on('data', (chunk: Buffer) => {
      const before = received;
      received += chunk.length;
      // The parser gives up on an error of the request; the request itself still has to be answered.
      if (received > limitBytes && before <= limitBytes && raw.listenerCount('error') > 0)
        raw.emit('error', tooLarge());
    });
  });
  return undefined;
}

function tooLarge(): ContractError {
  return new ContractError('PAYLOAD_TOO_LARGE', 'The body is larger than this server accepts.');
}
