import type { ContractError } from '@web-single/contract';
import type { Serving, ServingError } from '@web-single/serving';
import { readDeadline, type DeadlineLimits, type TimedRequest } from './deadline.ts';
import type { AnsweredRequest } from './request-outcome.ts';

/** Routes that predict: what they ask of a model is known from the path alone. */
const PREDICTIONS = /\/(predict|infer)$/;

/** True on a route that predicts. */
export function isPrediction({ method, routeOptions }: Pick<AnsweredRequest, 'method' | 'routeOptions'>): boolean {
  return method === 'POST' && PREDICTIONS.test(routeOptions.url ?? '');
}

/**
 * Why a prediction would be shed at this moment, told before a byte of its body is read or parsed; undefined where it would not.
 * Where its deadline cannot be read, what is wrong with it. `aheadMs` passes before it could be admitted.
 */
export function shedEarly(
  request: AnsweredRequest & TimedRequest & { readonly params: unknown },
  serving: Serving,
  limits: DeadlineLimits,
  aheadMs = 0,
): ServingError | ContractError | undefined {
  if (!isPrediction(request)) return undefined;
  const { model, version } = request.params as { model?: string; version?: string };
  const deadlineMs = readDeadline(request, limits);
  if (typeof deadlineMs !== 'number') return deadlineMs;
  request.outcome.deadlineMs = deadlineMs;
  const shed = serving.shed({ model, version }, { deadlineMs, aheadMs });
  if (shed === undefined) return undefined;
  request.outcome.code = shed.error.code;
  request.outcome.model = shed.model;
  request.outcome.version = shed.version;
  return shed.error;
}
