import type { Socket } from 'node:net';
import type { Clock } from '@web-single/model-runtime';
import type { GrowingBuffer } from '../bodies/growing-buffer.ts';
import { intakeTurns } from '../bodies/intake-turns.ts';
import { WRITE_TIMEOUT_MS } from '../rest/write-answer.ts';
import type { AnswerText } from './answer-text.ts';
import { readPlainHead, type PlainHead } from './plain-head.ts';
import { PlainRequest } from './plain-request.ts';

/** What is done for the requests of all connections. Nothing here throws. */
export interface FastRequests {
  /** False where Node's server has to judge. */
  mayTake(head: PlainHead): boolean;
  /** The answer to one that needs no body, if there is one. */
  refuse(request: PlainRequest): FastAnswer | undefined;
  /** Where its body is collected. */
  collect(request: PlainRequest, head: PlainHead): GrowingBuffer;
  /** Counts more of its body as held, until `ended`. The answer where that would be too much. */
  hold(request: PlainRequest, bytes: number): FastAnswer | undefined;
  /** The answer to one whose body did not come before its deadline, or not as fast as any has to. */
  expire(request: PlainRequest, missed: 'deadline' | 'body'): FastAnswer;
  /** Answers one whose body is there, unless its caller goes before. */
  answer(request: PlainRequest, write: (answer: FastAnswer) => void): void;
  /** Once for every request, with the status of its answer, or where its caller has gone. */
  ended(request: PlainRequest, end: number | 'gone'): void;
  /** Whether connections close with their answers. */
  readonly isClosing: boolean;
}

export interface FastAnswer extends AnswerText {
  readonly status: number;
  /** The connection closes with it. */
  readonly isLast: boolean;
}

export interface ConnectionTimes {
  /** For the first byte of a first request. */
  readonly silentMs: number;
  /** For a body. */
  readonly bodyMs: number;
  /** Between requests. */
  readonly idleMs: number;
}

export interface FastConnectionOptions {
  readonly requests: FastRequests;
  readonly times: ConnectionTimes;
  readonly clock: Clock;
  /** Hands the connection over for good; what it has read already is unshifted. */
  readonly toHttp: (socket: Socket) => void;
  /** Answers a caller that never sent anything. */
  readonly onSilent: (socket: Socket) => void;
  /** Answers a caller that closed its half in the middle of a body. */
  readonly onCutOff: (socket: Socket, request: PlainRequest) => void;
  readonly onLeft: (connection: FastConnection) => void;
}

/** How long the rest of a body is still read behind the last answer, so that its caller sees that instead of a reset. */
const LINGER_MS = 2000;

/**
 * Reads plain predictions, one after the other, from a connection, and writes their answers. With the first thing that does not begin as one
 * of them, the connection is handed to Node's HTTP server, with all that was read of it. Invariant: it is handed over between
 * requests only, and a request is begun when the one before has ended and its body was read.
 */
export class FastConnection {
  readonly #socket: Socket;
  readonly #options: FastConnectionOptions;
  #hasServed = false;
  /** Of the last request, which the next one mostly repeats. */
  #head: PlainHead | undefined;
  /** Begun, not ended. */
  #current: PlainRequest | undefined;
  /** What is still to come of a body. */
  #missingBytes = 0;
  /** Of `#current`, while it is wanted. */
  #body: GrowingBuffer | undefined;
  #endWait: (() => void) | undefined;
  /** The last answer is written: nothing more is begun. */
  #isOver = false;
  /** What came while a request was being answered. */
  #early: Buffer | undefined;

  constructor(socket: Socket, options: FastConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.setTimeout(options.times.silentMs);
    socket.on('data', this.#onData).on('end', this.#onEnd).on('close', this.#onClose);
    socket.on('error', ignore).on('timeout', this.#onTimeout);
  }

  /** Closes at once where nothing is being answered, else with the answer. */
  close(): void {
    if (this.#current === undefined) this.#socket.destroySoon();
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.#missingBytes > 0) {
      intakeTurns.took(this.#socket, chunk.length);
      this.#readBody(chunk);
      return this.#awaitRest();
    }
    if (this.#isOver) return;
    if (this.#current === undefined) return this.#begin(chunk);
    this.#early = this.#early === undefined ? chunk : Buffer.concat([this.#early, chunk]);
    this.#socket.pause();
  };

  #begin(chunk: Buffer): void {
    const { requests } = this.#options;
    const head = readPlainHead(chunk, this.#head);
    if (head === undefined || !requests.mayTake(head)) return this.#handOver(chunk);
    this.#head = head;
    this.#missingBytes = head.contentLengthBytes;
    // Of what was received only its own: others may stand behind it.
    intakeTurns.tookFirst(this.#socket, Math.min(chunk.length, head.bytes.length + head.contentLengthBytes));
    const request = (this.#current = new PlainRequest(head));
    const refusal = requests.refuse(request);
    if (refusal === undefined) this.#body = requests.collect(request, head);
    else this.#write(request, refusal);
    if (chunk.length > head.bytes.length) this.#readBody(chunk.subarray(head.bytes.length));
    this.#awaitRest();
  }

  /** What is missing of a body has to come in time, wanted or not. */
  #awaitRest(): void {
    if (this.#missingBytes === 0 || this.#endWait !== undefined) return;
    const { clock, times } = this.#options;
    if (this.#body !== undefined) this.#awaitBody(this.#current!);
    else this.#endWait = clock.schedule(() => this.#socket.destroy(), times.bodyMs);
  }

  #awaitBody(request: PlainRequest): void {
    const { clock, times, requests } = this.#options;
    const { deadlineMs = Infinity } = request.outcome;
    const leftMs = deadlineMs - clock.now();
    // Said now: a timer may fire within the millisecond before.
    const missed = leftMs < times.bodyMs ? 'deadline' : 'body';
    const expire = (): void => {
      this.#write(request, requests.expire(request, missed));
      this.#awaitRest();
    };
    this.#endWait = clock.schedule(expire, Math.min(times.bodyMs, leftMs));
  }

  /** A body is read to its end also where nobody wants it: the next request begins behind it. */
  #readBody(chunk: Buffer): void {
    const sizeBytes = Math.min(chunk.length, this.#missingBytes);
    const isWhole = sizeBytes === chunk.length;
    this.#missingBytes -= sizeBytes;
    if (this.#missingBytes === 0) this.#stopWaiting();
    // A piece is freed once it is copied: what is behind it must not be.
    if (this.#body !== undefined)
      this.#collect(this.#body, isWhole ? chunk : Buffer.from(chunk.subarray(0, sizeBytes)));
    if (this.#missingBytes === 0 && this.#isOver) this.#socket.destroySoon();
    else if (!isWhole) this.#onData(chunk.subarray(sizeBytes));
  }

  #collect(body: GrowingBuffer, piece: Buffer): void {
    const request = this.#current!;
    const refusal = this.#options.requests.hold(request, piece.length);
    if (refusal !== undefined) return this.#write(request, refusal);
    body.push(piece);
    if (this.#missingBytes > 0) return;
    request.body = body.bytes();
    this.#body = undefined;
    this.#options.requests.answer(request, (answer) => this.#write(request, answer));
  }

  #stopWaiting(): void {
    this.#endWait?.();
    this.#endWait = undefined;
  }

  #write(request: PlainRequest, { text, encoding, bytes, status, isLast }: FastAnswer): void {
    // Its caller has gone.
    if (this.#current !== request) return;
    this.#body = undefined;
    this.#stopWaiting();
    const socket = this.#socket;
    if (bytes.length > 0) socket.cork();
    socket.write(text, encoding);
    for (const piece of bytes) socket.write(piece);
    if (bytes.length > 0) socket.uncork();
    // It may have failed already: then its end is told when it closes.
    if (socket.destroyed || socket.errored !== null) return;
    const done = (): void => this.#done(request, status, isLast);
    if (socket.writableLength === 0) return done();
    socket.setTimeout(WRITE_TIMEOUT_MS);
    // Nothing, told when all before it is written.
    socket.write('', (error) => {
      // Its end is told when it closes.
      if (error != null) return;
      socket.setTimeout(this.#options.times.idleMs);
      done();
    });
  }

  #done(request: PlainRequest, status: number, isLast: boolean): void {
    if (this.#current !== request) return;
    this.#end(status);
    if (!this.#hasServed) this.#socket.setTimeout(this.#options.times.idleMs);
    this.#hasServed = true;
    if (isLast || this.#options.requests.isClosing) return this.#finish();
    const early = this.#early;
    if (early === undefined) return;
    this.#early = undefined;
    this.#socket.resume();
    this.#onData(early);
  }

  #finish(): void {
    this.#isOver = true;
    if (this.#missingBytes === 0) return this.#socket.destroySoon();
    this.#socket.end();
    this.#stopWaiting();
    this.#endWait = this.#options.clock.schedule(() => this.#socket.destroy(), LINGER_MS);
  }

  #end(end: number | 'gone'): void {
    const request = this.#current;
    if (request === undefined) return;
    this.#current = undefined;
    this.#options.requests.ended(request, end);
  }

  /** Who closes its half has gone, as far as anybody can tell. */
  readonly #onEnd = (): void => {
    if (this.#body !== undefined) this.#options.onCutOff(this.#socket, this.#current!);
    this.#body = undefined;
    this.#end('gone');
    this.#socket.end();
  };

  readonly #onClose = (): void => {
    this.#body = undefined;
    this.#stopWaiting();
    this.#end('gone');
    this.#options.onLeft(this);
  };

  readonly #onTimeout = (): void => {
    const isBusy = this.#current !== undefined && this.#socket.writableLength === 0;
    if (isBusy) return;
    if (this.#hasServed || this.#current !== undefined) this.#socket.destroy();
    else this.#options.onSilent(this.#socket.off('data', this.#onData).resume());
  };

  #handOver(chunk: Buffer): void {
    const socket = this.#socket;
    socket.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onClose);
    socket.off('error', ignore).off('timeout', this.#onTimeout).setTimeout(0);
    this.#options.onLeft(this);
    this.#options.toHttp(socket);
    // Node's parser takes what comes next past the stream: nothing may wait in it.
    socket.resume();
    socket.unshift(chunk);
  }
}

/** A connection that breaks also closes. */
const ignore = (): void => undefined;
