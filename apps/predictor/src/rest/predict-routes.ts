import { ContractError, encodePrediction, restContract } from '@web-single/contract';
import type { Serving } from '@web-single/serving';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { deadlineLimitsOf, deadlineOf } from './deadline.ts';
import { Disconnection } from './disconnection.ts';
import { answerInfer, type InferParts } from './infer-answer.ts';
import { isOip } from './oip-edge.ts';
import { decodeBody } from './predict-body.ts';
import type { PredictionAnswer, PredictionRequest } from './prediction-answer.ts';
import type { AnswerProblem } from './problem.filter.ts';
import { headersOf, writeAnswer } from './write-answer.ts';

/** What the routes need. */
export interface PredictParts extends InferParts {
  readonly serving: Serving;
}

const { predict, predictVersion, predictDefault, oipInfer, oipInferVersion } = restContract;
const ROUTES = [predict, predictVersion, predictDefault, oipInfer, oipInferVersion];
const NO_HEADERS: readonly string[] = [];

/**
 * Predictions, on Fastify itself: what Nest would do around each of these calls costs more than the rest of ours. In a
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
        handler: async (request, reply) =>
          send(reply, await answerPrediction(parts, request), parts.serving.isDraining),
      });
  });
}

/** Throws `ContractError`, `ServingError` and what the parser of multipart throws. */
export function answerPrediction(parts: PredictParts, request: PredictionRequest): Promise<PredictionAnswer> {
  return isOip(request) ? answerInfer(parts, request) : answerPredict(parts, request);
}

/** A typed prediction: decode, call, encode. */
async function answerPredict(
  { serving, settings }: PredictParts,
  request: PredictionRequest,
): Promise<PredictionAnswer> {
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
  return { type: 'application/json; charset=utf-8', headers: NO_HEADERS, body: encodePrediction(prediction) };
}

/** Past the framework: none of its hooks sees the answer. */
function send(reply: FastifyReply, answer: PredictionAnswer, isDraining: boolean): FastifyReply {
  const headers = [...headersOf(reply, isDraining), ...answer.headers];
  reply.hijack();
  if (!reply.raw.destroyed) writeAnswer(reply.raw, { ...answer, status: 200, headers });
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
