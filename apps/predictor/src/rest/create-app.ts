import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { BodyMemory } from '../bodies/body-memory.ts';
import { attachFastPath } from '../fast-path/attach-fast-path.ts';
import { logRequest, routeOf } from '../telemetry/request-log.ts';
import type { RefusalLines } from '../telemetry/refusal-lines.ts';
import { BrokenRequests } from './broken-requests.ts';
import type { OnAnswered } from './begin-request.ts';
import { deadlineLimitsOf } from './deadline.ts';
import { configureEdge, createFastify } from './fastify-edge.ts';
import { registerPlaygroundRoutes } from './playground/playground-routes.ts';
import { registerPredictRoutes } from './predict-routes.ts';
import { PredictorModule, type PredictorParts } from './predictor.module.ts';
import { ProblemFilter } from './problem.filter.ts';
import { RouteTable } from './route-table.ts';
import { RequestTurns } from './request-turns.ts';
import { shedEarly } from './shed-early.ts';

/** Builds the HTTP app around a serving core; `listen` starts it. */
export async function createApp(
  parts: PredictorParts,
  log: Logger,
  refusals: RefusalLines,
): Promise<NestFastifyApplication> {
  const { settings, metrics, serving } = parts;
  const broken = new BrokenRequests((refusal) => {
    metrics.countReply('_other', '_other', refusal.status);
    log.info(refusal, 'request');
  });
  const routes = new RouteTable();
  const filter = new ProblemFilter(routes, (error, requestId) =>
    log.error({ requestId, err: error }, 'unforeseen error'),
  );
  const fastify = createFastify(settings, broken);
  const limits = deadlineLimitsOf(settings);
  const { held } = parts;
  const onAnswered = record(parts, log, refusals);
  const shared = { settings, broken, held, memory: new BodyMemory(), turns: new RequestTurns(), onAnswered };
  await configureEdge(fastify, {
    ...shared,
    routes,
    isDraining: () => serving.isDraining,
    shedEarly: (request) => shedEarly(request, serving, limits),
    answerProblem: filter.answer,
  });
  attachFastPath(fastify, { ...shared, serving, filter, calls: parts.calls });
  await registerPredictRoutes(fastify, parts, filter.answer);
  await registerPlaygroundRoutes(fastify, settings.PLAYGROUND ? parts.playgroundFolder : undefined, filter.answer);
  const app = await NestFactory.create<NestFastifyApplication>(
    PredictorModule.with(parts),
    new FastifyAdapter(fastify),
    { logger: false, bodyParser: false, abortOnError: false },
  );
  app.useGlobalFilters(filter);
  await app.init();
  return app;
}

/** Every reply is counted, and gets its log line where that is due. */
function record({ metrics }: PredictorParts, log: Logger, refusals: RefusalLines): OnAnswered {
  return (request, status) => {
    metrics.countReply(request.method, routeOf(request), status);
    if (refusals.isDue(request.outcome.code, request.outcome.model)) logRequest(log, request, status);
  };
}
