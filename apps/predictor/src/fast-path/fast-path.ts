import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { ContractError } from '@web-single/contract';
import { systemClock } from '@web-single/model-runtime';
import { ServingError } from '@web-single/serving';
import type { BodyMemory } from '../bodies/body-memory.ts';
import { GrowingBuffer } from '../bodies/growing-buffer.ts';
import type { HeldBytes } from '../bodies/held-bytes.ts';
import { isOip } from '../rest/oip-edge.ts';
import type { PredictionAnswer } from '../rest/prediction-answer.ts';
import type { AnsweredRequest } from '../rest/request-outcome.ts';
import { retryAfterSeconds, refusalAnswer, type Refusal } from '../rest/refusal-answer.ts';
import type { RequestTurns } from '../rest/request-turns.ts';
import type { Answer } from '../rest/write-answer.ts';
import { answerText } from './answer-text.ts';
import { FastConnection, type ConnectionTimes, type FastAnswer, type FastRequests } from './fast-connection.ts';
import type { PlainHead } from './plain-head.ts';
import type { PlainRequest } from './plain-request.ts';

const CLIENT_GONE = 499;
const BODY_TOO_LATE = 'The deadline passed before the body had come.';
const BODY_TOO_SLOW = 'The request came too slowly.';

export interface FastPathParts {
  /** As `shedEarly`, of what is served the same way on every path. */
  readonly shedEarly: (request: PlainRequest) => ServingError | ContractError | undefined;
  readonly predict: (request: PlainRequest) => Promise<PredictionAnswer>;
  /** What a caller is told of an error. */
  readonly refusalOf: (error: unknown, request: PlainRequest) => Refusal;
  readonly onAnswered: (request: AnsweredRequest, status: number) => void;
  readonly isDraining: () => boolean;
  readonly held: HeldBytes;
  /** For bodies with tensors, which are done when their answer is written. */
  readonly memory: BodyMemory;
  readonly turns: RequestTurns;
  /** Bytes, by what a body is. */
  readonly limits: { readonly json: number; readonly image: number; readonly tensor: number };
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

  /** Closes connections with their answers, and those that are idle once what they have sent by now is read. */
  close(): void {
    this.isClosing = true;
    // The first may come before the loop has read anything, the second comes behind that.
    setImmediate(() => setImmediate(() => this.#closeIdle()));
  }

  #closeIdle(): void {
    for (const connection of this.#connections) connection.close();
  }

  mayTake(head: PlainHead): boolean {
    const { limits, hasOrigins } = this.#parts;
    if (hasOrigins && head.headers.origin !== undefined) return false;
    return head.contentLengthBytes <= limits[kindOf(head)];
  }

  collect({ outcome }: PlainRequest, head: PlainHead): GrowingBuffer {
    const alignedByte = Number(head.headers['inference-header-content-length'] ?? 0);
    const options = { announcedBytes: head.contentLengthBytes, alignedByte, ownsChunks: true };
    if (kindOf(head) !== 'tensor') return new GrowingBuffer(options);
    const body = new GrowingBuffer({ ...options, memory: this.#parts.memory });
    outcome.releaseBody = () => body.release();
    return body;
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
      // The answer itself may have held views of it, which are written now.
    } else if (outcome.isBodyDone) outcome.releaseBody?.();
    this.#parts.onAnswered(request, end === 'gone' ? CLIENT_GONE : end);
  }

  async #predict(request: PlainRequest): Promise<FastAnswer> {
    try {
      return this.#text({ ...(await this.#parts.predict(request)), status: 200 }, request);
    } catch (error) {
      return this.#refusal(error, request);
    }
  }

  #refusal(error: unknown, request: PlainRequest, isLast = false): FastAnswer {
    const refusal = this.#parts.refusalOf(error, request);
    const { retryAfterMs } = refusal;
    const headers = retryAfterMs === undefined ? [] : ['retry-after', retryAfterSeconds(retryAfterMs)];
    return this.#text({ ...refusalAnswer(refusal, request.id, isOip(request)), headers }, request, isLast);
  }

  #text(answer: Answer, { id: requestId }: PlainRequest, isEnd = false): FastAnswer {
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

function kindOf({ template, headers }: PlainHead): 'json' | 'image' | 'tensor' {
  const type = headers['content-type']?.toLowerCase() ?? '';
  if (type.startsWith('application/json')) return 'json';
  return isOip({ routeOptions: { url: template } }) ? 'tensor' : 'image';
}
