import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { logRequest, routeOf } from '../telemetry/request-log.ts';
import { configureEdge, createAdapter } from './fastify-edge.ts';
import { PredictorModule, type PredictorParts } from './predictor.module.ts';
import { ProblemFilter } from './problem.filter.ts';
import { RouteTable } from './route-table.ts';

/** Builds the HTTP app around a serving core; `listen` starts it. */
export async function createApp(parts: PredictorParts, log: Logger): Promise<NestFastifyApplication> {
  const adapter = createAdapter(parts.settings);
  const app = await NestFactory.create<NestFastifyApplication>(PredictorModule.with(parts), adapter, {
    logger: false,
    bodyParser: false,
    abortOnError: false,
  });
  const routes = new RouteTable();
  const fastify = adapter.getInstance();
  await configureEdge(fastify, parts.settings, routes);
  const filter = new ProblemFilter(routes, (error, requestId) =>
    log.error({ requestId, err: error }, 'unforeseen error'),
  );
  app.useGlobalFilters(filter);
  fastify.addHook('onResponse', (request, reply, done) => {
    parts.metrics.countReply(request.method, routeOf(request), reply.statusCode);
    logRequest(log, request, reply);
    done();
  });
  await app.init();
  return app;
}
