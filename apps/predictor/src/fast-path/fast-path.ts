import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { ContractError } from '@web-single/contract';
import { systemClock } from '@web-single/model-runtime';
import { ServingError } from '@web-single/serving';
import type { HeldBytes } from '../bodies/held-bytes.ts';
import type { AnsweredRequest } from '../rest/request-outcome.ts';
import { retryAfterSeconds, refusalAnswer, type Refusal } from '../rest/refusal-answer.ts';
import type { RequestTurns } from '../rest/request-turns.ts';
import { answerText, type PlainAnswer } from './answer-text.ts';
import { FastConnection, type ConnectionTimes, type FastAnswer, type FastRequests } from './fast-connection.ts';
import type { PlainHead } from './plain-head.ts';
import type { PlainRequest } from './plain-request.ts';

const CLIENT_GONE = 499;
const BODY_TOO_LATE = 'The deadline passed before the body had come.';
const BODY_TOO_SLOW = 'The request came too slowly.';

export interface FastPathParts {
  /** As `shedEarly`, of what is served the same way on every path. */
  readonly shedEarly: (request: PlainRequest) => ServingError | ContractError | undefined;
  /** The body of the answer, JSON. */
  readonly predict: (request: PlainRequest) => Promise<string>;
  /** What a caller is told of an error. */
  readonly refusalOf: (error: unknown, request: PlainRequest) => Refusal;
  readonly onAnswered: (request: AnsweredRequest, status: number) => void;
  readonly isDraining: () => boolean;
  readonly held: HeldBytes;
  readonly turns: RequestTurns;
  /** Bytes, for JSON and for pictures. */
  readonly limits: { readonly json: number; readonly image: number };
  /** Whether pages of other origins may read answers: of which, the framework's way tells. */
  readonly hasOrigins: boolean;
  readonly fixedLines: string;
  readonly times: ConnectionTimes;
  readonly onSilent: (socket: Socket) => void;
  readonly onCutOff: (socket: Socket, request: PlainRequest) => void;
}

/**
 * Answers predictions that come whole and in the plainest form past Node's HTTP parser and the framework, which cost several times what
 * refusing one costs, and as much as a small model (docs/decisions/2026-11-27-predictions-past-the-http-server.md).
 */
export class FastPath implements FastRequests {
  readonly #parts: FastPathParts;
  readonly #connections = new Set<FastConnection>();
  isClosing = false;

  constructor(parts: FastPathParts) {
    this.#parts = parts;
  }

  /** From now on connections of the server come here first. */
  attach(server: HttpServer): void {
    const [toHttp] = server.listeners('connection') as ((socket: Socket) => void)[];
    if (toHttp === undefined) return;
    server.off('connection', toHttp);
    const { times, onSilent, onCutOff } = this.#parts;
    const options = { requests: this, times, clock: systemClock, onSilent, onCutOff, toHttp: toHttp.bind(server) };
    const onLeft = (connection: FastConnection): void => void this.#connections.delete(connection);
    server.on('connection', (socket: Socket) => {
      if (this.isClosing) return options.toHttp(socket);
      this.#connections.add(new FastConnection(socket, { ...options, onLeft }));
    });
  }

  /** Closes connections that are idle, the others with their answers. */
  close(): void {
    this.isClosing = true;
    for (const connection of this.#connections) connection.close();
  }

  mayTake({ headers, contentLengthBytes }: PlainHead): boolean {
    const { limits, hasOrigins } = this.#parts;
    if (hasOrigins && headers.origin !== undefined) return false;
    return contentLengthBytes <= (isPicture(headers['content-type']) ? limits.image : limits.json);
  }

  hold(request: PlainRequest, bytes: number): FastAnswer | undefined {
    try {
      this.#parts.held.hold(bytes);
    } catch (error) {
      return this.#refusal(error, request);
    }
    request.outcome.heldBytes += bytes;
    return undefined;
  }

  expire(request: PlainRequest, missed: 'deadline' | 'body'): FastAnswer {
    if (missed === 'deadline') return this.#refusal(new ServingError('DEADLINE_EXCEEDED', BODY_TOO_LATE), request);
    return this.#refusal(new ContractError('REQUEST_TIMEOUT', BODY_TOO_SLOW), request, true);
  }

  refuse(request: PlainRequest): FastAnswer | undefined {
    const refusal = this.#parts.shedEarly(request);
    return refusal && this.#refusal(refusal, request);
  }

  answer(request: PlainRequest, write: (answer: FastAnswer) => void): void {
    // Not when its head came: of a body that came later that is a turn long ago.
    this.#parts.turns.take(performance.now(), () => {
      if (!request.outcome.isOver) void this.#predict(request).then(write);
    });
  }

  ended(request: PlainRequest, end: number | 'gone'): void {
    const { outcome } = request;
    this.#parts.held.release(outcome.heldBytes);
    outcome.isOver = true;
    if (end === 'gone') {
      outcome.disconnection?.abort();
      outcome.code = 'CANCELLED';
    }
    this.#parts.onAnswered(request, end === 'gone' ? CLIENT_GONE : end);
  }

  async #predict(request: PlainRequest): Promise<FastAnswer> {
    try {
      const body = await this.#parts.predict(request);
      return this.#text({ status: 200, type: 'application/json; charset=utf-8', body }, request);
    } catch (error) {
      return this.#refusal(error, request);
    }
  }

  #refusal(error: unknown, request: PlainRequest, isLast = false): FastAnswer {
    const refusal = this.#parts.refusalOf(error, request);
    const { retryAfterMs } = refusal;
    const retry = retryAfterMs === undefined ? {} : { retryAfterSeconds: retryAfterSeconds(retryAfterMs) };
    return this.#text({ ...refusalAnswer(refusal, request.id, false), ...retry }, request, isLast);
  }

  #text(answer: PlainAnswer, { id: requestId }: PlainRequest, isEnd = false): FastAnswer {
    const { isDraining, fixedLines, times } = this.#parts;
    // A client must not send its next request on a connection that is about to be closed.
    const isLast = isEnd || isDraining();
    const keepAliveSeconds = Math.floor(times.idleMs / 1000);
    return {
      ...answerText(answer, { requestId, fixedLines, keepAliveSeconds, isLast }),
      status: answer.status,
      isLast,
    };
  }
}

function isPicture(type = ''): boolean {
  return type.toLowerCase().startsWith('image/');
}
