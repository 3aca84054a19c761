import type { ServerResponse } from 'node:http';
import { ERROR_CATALOG, type ContractError } from '@web-single/contract';
import { ServingError } from '@web-single/serving';
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import type { HeldBytes } from '../bodies/held-bytes.ts';
import { answerShed } from './answer-shed.ts';
import type { BrokenRequests } from './broken-requests.ts';
import { allowOrigin, answerPreflight, isPreflight } from './cors.ts';
import { drainLargeBody } from './drain-body.ts';
import type { AnswerProblem } from './problem.filter.ts';
import { refuseEarly } from './refuse-early.ts';
import type { RequestTurns } from './request-turns.ts';
import type { AnsweredRequest } from './request-outcome.ts';
import type { RouteTable } from './route-table.ts';
import { isPrediction } from './shed-early.ts';
import { headersOf, WRITE_TIMEOUT_MS } from './write-answer.ts';

const CLIENT_GONE = ERROR_CATALOG.CANCELLED.httpStatus;

/** Told once per request, when its reply is written or its connection is gone. */
export type OnAnswered = (request: AnsweredRequest, status: number) => void;

export interface RequestParts {
  readonly routes: RouteTable;
  /** Origins that browsers may ask from. */
  readonly origins: readonly string[];
  readonly broken: BrokenRequests;
  readonly onAnswered: OnAnswered;
  readonly isDraining: () => boolean;
  /** Why a prediction would be shed, before its body is read. */
  readonly shedEarly: (request: FastifyRequest) => ServingError | ContractError | undefined;
  readonly answerProblem: AnswerProblem;
  readonly held: HeldBytes;
  /** Of all predictions, whichever way they come. */
  readonly turns: RequestTurns;
}

type OnRequest = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) => void;

/** What is done with a request whose head has come, before its body is read: refused, shed, or followed to its end. */
export function beginRequests(parts: RequestParts): OnRequest {
  return (request, reply, done) => {
    if (isPrediction(request)) parts.turns.take(request.outcome.startedAtMs, () => begin(parts, request, reply, done));
    else begin(parts, request, reply, done);
  };
}

function begin(parts: RequestParts, request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  // It may have gone while it waited for its turn.
  if (reply.raw.destroyed) return countGone(request, parts);
  const { origins, routes } = parts;
  const mayAnswer = origins.length > 0 && allowOrigin(request, reply, origins);
  const refusal = refuseEarly(request) ?? parts.shedEarly(request);
  void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
  const awaitsInvitation = request.headers.expect !== undefined && request.raw.httpVersionMinor === 1;
  // Its body comes or not, as its sender likes: nobody could tell where the next request begins (RFC 9110, 10.1.1).
  if (awaitsInvitation && refusal !== undefined) void reply.header('connection', 'close');
  if (refusal instanceof ServingError) return shed(refusal, request, reply, parts);
  followReply(request, reply, parts);
  const methods = mayAnswer && isPreflight(request) ? routes.allowedMethods(request.url) : [];
  if (methods.length > 0) answerPreflight(request, reply, methods);
  else if (refusal !== undefined) parts.answerProblem(refusal, request, reply);
  else {
    if (awaitsInvitation) reply.raw.writeContinue();
    done();
  }
}

function countGone(request: FastifyRequest, { onAnswered }: RequestParts): void {
  request.outcome.code = 'CANCELLED';
  onAnswered(request, CLIENT_GONE);
}

/** Answers and counts a shed prediction, which nothing has to be followed of: its answer is written at once. */
function shed(error: ServingError, request: FastifyRequest, reply: FastifyReply, parts: RequestParts): void {
  drainLargeBody(request.raw);
  parts.onAnswered(request, answerShed(error, request, reply, headersOf(reply, parts.isDraining())));
}

/** Its two listeners stay on the reply, which is gone with them: taking them off costs more than they do. */
function followReply(request: FastifyRequest, reply: FastifyReply, { broken, onAnswered, held }: RequestParts): void {
  const { outcome } = request;
  const { socket } = request.raw;
  broken.follow(socket, outcome);
  reply.raw.on('prefinish', limitReading);
  reply.raw.on('close', () => {
    broken.unfollow(socket, outcome);
    held.release(outcome.heldBytes);
    outcome.isOver = true;
    if (reply.raw.writableFinished) {
      // The answer itself may have held views of it, which are written now.
      if (outcome.isBodyDone) outcome.releaseBody?.();
      return onAnswered(request, reply.statusCode);
    }
    outcome.disconnection?.abort();
    if (outcome.brokenStatus === undefined) outcome.code = 'CANCELLED';
    onAnswered(request, outcome.brokenStatus ?? CLIENT_GONE);
  });
}

/** All is computed and handed over: from now on only the client's reading can take time, where the system did not take all. */
function limitReading(this: ServerResponse): void {
  if (this.socket !== null && this.socket.writableLength > 0) this.setTimeout(WRITE_TIMEOUT_MS, () => this.destroy());
}
