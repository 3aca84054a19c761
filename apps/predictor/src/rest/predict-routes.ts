import { ContractError, encodePrediction, restContract } from '@web-single/contract';
import type { Serving } from '@web-single/serving';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Settings } from '../config/settings.ts';
import { deadlineLimitsOf, deadlineOf, type TimedRequest } from './deadline.ts';
import { Disconnection } from './disconnection.ts';
import { decodeBody, type PredictBody } from './predict-body.ts';
import type { AnswerProblem } from './problem.filter.ts';
import type { RequestOutcome } from './request-outcome.ts';
import { headersOf, writeAnswer } from './write-answer.ts';

/** What the routes need. */
export interface PredictParts {
  readonly serving: Serving;
  readonly settings: Settings;
}

const ROUTES = [restContract.predict, restContract.predictVersion, restContract.predictDefault];

/**
 * Typed predictions, on Fastify itself: what Nest would do around each of these calls costs more than the rest of ours. In a
 * scope of their own, which hooks that are added later do not reach.
 */
export async function registerPredictRoutes(
  fastify: FastifyInstance,
  parts: PredictParts,
  answerProblem: AnswerProblem,
): Promise<void> {
  await fastify.register(async (scope) => {
    scope.setErrorHandler(answerProblem);
    for (const { method, path } of ROUTES)
      scope.route({
        method,
        url: path,
        handler: async (request, reply) => send(reply, await answerBody(parts, request), parts.serving.isDraining),
      });
  });
}

/** Of a request, whichever way it came. */
export type PredictionRequest = PredictBody &
  TimedRequest & { readonly params: unknown; readonly query: unknown; readonly outcome: RequestOutcome };

/** Decode, call, encode: gives the body of the answer, JSON. Throws `ContractError`, `ServingError` and what the parser of multipart throws. */
export async function answerBody({ serving, settings }: PredictParts, request: PredictionRequest): Promise<string> {
  const { outcome } = request;
  const { model, version } = request.params as { model?: string; version?: string };
  const onError = onErrorOf(request.query as Record<string, unknown>);
  const deadlineMs = deadlineOf(request, deadlineLimitsOf(settings));
  const served = serving.models.resolveEnabled(model, version);
  const { name } = served.package;
  outcome.model = name;
  outcome.version = served.package.version;
  const signal = new Disconnection(outcome);
  const limits = { maxRows: settings.MAX_ROWS_PER_REQUEST, deadlineMs, signal };
  const rows = await decodeBody(request, served.view.signature, limits);
  outcome.rows = rows.length;
  const prediction = await serving.predict({ model: name, version, rows, deadlineMs, signal, onError });
  outcome.timing = prediction.timing;
  outcome.overrides = prediction.model.overrides;
  return encodePrediction(prediction);
}

/** Past the framework: none of its hooks sees the answer. */
function send(reply: FastifyReply, body: string, isDraining: boolean): FastifyReply {
  const headers = headersOf(reply, isDraining);
  reply.hijack();
  if (!reply.raw.destroyed)
    writeAnswer(reply.raw, { status: 200, type: 'application/json; charset=utf-8', body, headers });
  return reply;
}

function onErrorOf(query: Record<string, unknown>): 'request' | 'row' {
  const { onError = 'request' } = query;
  const name = Object.keys(query).find((known) => known !== 'onError');
  if (name !== undefined)
    throw new ContractError('INVALID_REQUEST', `Query parameter "${name.slice(0, 64)}" is not known; "onError" is.`);
  if (onError !== 'row' && onError !== 'request') {
    throw new ContractError('INVALID_REQUEST', 'Query parameter "onError": expected "row" or "request".');
  }
  return onError;
}
