import type { Serving } from '@web-single/serving';
import type { FastifyRequest } from 'fastify';
import { deadlineOf, type DeadlineLimits } from './deadline.ts';

/** Routes that predict: what they ask of a model is known from the path alone. */
const PREDICTIONS = /\/(predict|infer)$/;

/** Why a prediction would be shed at this moment, told before a byte of its body is read or parsed; undefined where it would not. */
export function shedEarly(request: FastifyRequest, serving: Serving, limits: DeadlineLimits): Error | undefined {
  if (request.method !== 'POST' || !PREDICTIONS.test(request.routeOptions.url ?? '')) return undefined;
  const { model, version } = request.params as { model?: string; version?: string };
  const shed = serving.shed({ model, version }, deadlineOf(request, limits));
  if (shed === undefined) return undefined;
  request.outcome.model = shed.model;
  request.outcome.version = shed.version;
  return shed.error;
}
