import type { IncomingMessage } from 'node:http';
import { ContractError } from '@web-single/contract';
import { systemClock, type Clock } from '@web-single/model-runtime';
import { ServingError } from '@web-single/serving';
import type { FastifyRequest } from 'fastify';
import type { BodyMemory } from '../bodies/body-memory.ts';
import { GrowingBuffer } from '../bodies/growing-buffer.ts';
import type { HeldBytes } from '../bodies/held-bytes.ts';
import { intakeTurns } from '../bodies/intake-turns.ts';

/** Most pieces of one body. Each costs far more than the bytes in it, so that their number is capped as well. */
const MAX_CHUNKS = 100_000;

/** What the system reads at once. */
const ONE_PIECE_BYTES = 64 * 1024;

type Done = (error: Error | null, body?: Buffer) => void;

export interface CollectOptions {
  readonly clock?: Clock;
  /** For bodies that somebody calls done: see `RequestOutcome.isBodyDone`. */
  readonly memory?: BodyMemory;
}

/**
 * A body parser that gives the bytes as they are, at most `limitBytes`, and holds little more than those while it reads. They
 * count as held until the reply is done. Gives up one that has not come when its caller stops waiting.
 */
export function collectBody(limitBytes: number, held: HeldBytes, { clock = systemClock, memory }: CollectOptions = {}) {
  return (request: FastifyRequest, stream: IncomingMessage, done: Done): void => {
    const announcedBytes = Number(request.headers['content-length'] ?? 0);
    if (announcedBytes > limitBytes) return done(tooLarge());
    const body = bufferFor(request, stream, memory);
    let endWait: (() => void) | undefined;
    let isSettled = false;
    const settle: Done = (error, bytes) => {
      if (isSettled) return;
      isSettled = true;
      endWait?.();
      // Of a body that has come there is nothing more to hear.
      if (error !== null) stream.off('data', take).off('end', finish).off('error', settle);
      done(error, bytes);
    };
    const finish = (): void => {
      if (memory !== undefined) request.outcome.releaseBody = () => body.release();
      settle(null, body.bytes());
    };
    const wait = (): void => {
      const { deadlineMs } = request.outcome;
      if (endWait !== undefined || deadlineMs === undefined) return;
      endWait = clock.schedule(() => settle(tooLate()), deadlineMs - clock.now());
    };
    const take = (chunk: Buffer): void => {
      tellIntake(stream, chunk, body.chunks === 0);
      if (body.chunks >= MAX_CHUNKS || body.length + chunk.length > limitBytes) return settle(tooLarge());
      if (request.outcome.isOver) return;
      try {
        held.hold(chunk.length);
      } catch (error) {
        return settle(error as Error);
      }
      request.outcome.heldBytes += chunk.length;
      body.push(chunk);
      // Nearly all bodies are there in one piece: they need no timer.
      if (body.length !== announcedBytes) wait();
    };
    if (announcedBytes > ONE_PIECE_BYTES) wait();
    stream.on('data', take).on('end', finish).on('error', settle);
  };
}

function tellIntake(stream: IncomingMessage, { length }: Buffer, isFirst: boolean): void {
  if (isFirst) intakeTurns.tookFirst(stream, length);
  else intakeTurns.took(stream, length);
}

function bufferFor(
  { headers, raw }: FastifyRequest,
  stream: IncomingMessage,
  memory: BodyMemory | undefined,
): GrowingBuffer {
  return new GrowingBuffer({
    announcedBytes: Number(headers['content-length'] ?? 0),
    alignedByte: Number(headers['inference-header-content-length'] ?? 0),
    // An inflater's pieces may be parts of memory that it goes on with.
    ownsChunks: stream === raw,
    ...(memory && { memory }),
  });
}

/**
 * Lets a multipart body fail with 413 once more than `limitBytes` of it arrived, whatever it announced, and with 503 where too many
 * bytes are held. They count until the reply is done.
 */
export function limitMultipart(request: FastifyRequest, limitBytes: number, held: HeldBytes): Error | undefined {
  const { raw, outcome } = request;
  if (Number(request.headers['content-length']) > limitBytes) return tooLarge();
  let received = 0;
  let hasFailed = false;
  // The parser starts the flow when it is there to read: counting before would lose what comes first.
  raw.once('resume', () => {
    raw.on('data', (chunk: Buffer) => {
      tellIntake(raw, chunk, received === 0);
      received += chunk.length;
      if (hasFailed || outcome.isOver) return;
      try {
        if (received > limitBytes) throw tooLarge();
        held.hold(chunk.length);
        outcome.heldBytes += chunk.length;
      } catch (error) {
        hasFailed = true;
        // The parser gives up on an error of the request; the request itself still has to be answered.
        if (raw.listenerCount('error') > 0) raw.emit('error', error);
      }
    });
  });
  return undefined;
}

function tooLarge(): ContractError {
  return new ContractError('PAYLOAD_TOO_LARGE', 'The body is larger than this server accepts.');
}

function tooLate(): ServingError {
  return new ServingError('DEADLINE_EXCEEDED', 'The deadline passed before the body had come.');
}
