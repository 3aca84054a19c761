import { Controller, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ContractError, encodePrediction, restContract } from '@web-single/contract';
import { Serving } from '@web-single/serving';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SETTINGS, type Settings } from '../config/settings.ts';
import { ContractRoute } from './contract-route.ts';
import { deadlineOf, disconnectSignal } from './deadline.ts';
import { decodeBody } from './predict-body.ts';

/** Typed predictions: decode, call, encode. */
@Controller()
export class PredictController {
  constructor(
    @Inject(Serving) private readonly serving: Serving,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @ContractRoute(restContract.predict)
  predict(
    @Param('model') model: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.#answer({ model, query }, request, reply);
  }

  @ContractRoute(restContract.predictVersion)
  predictVersion(
    @Param() { model, version }: { model: string; version: string },
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.#answer({ model, version, query }, request, reply);
  }

  @ContractRoute(restContract.predictDefault)
  predictDefault(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.#answer({ query }, request, reply);
  }

  async #answer(
    call: { model?: string; version?: string; query: Record<string, unknown> },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<string> {
    const onError = onErrorOf(call.query);
    const { REQUEST_TIMEOUT_MS, MAX_REQUEST_TIMEOUT_MS, MAX_ROWS_PER_REQUEST } = this.settings;
    const deadlineMs = deadlineOf(request, {
      defaultTimeoutMs: REQUEST_TIMEOUT_MS,
      maxTimeoutMs: MAX_REQUEST_TIMEOUT_MS,
    });
    const served = this.serving.models.resolveEnabled(call.model, call.version);
    request.outcome.model = served.package.name;
    request.outcome.version = served.package.version;
    const rows = await decodeBody(request, served.view.signature, { maxRows: MAX_ROWS_PER_REQUEST });
    request.outcome.rows = rows.length;
    const signal = disconnectSignal(reply);
    const model = served.package.name;
    const prediction = await this.serving.predict({ ...call, model, rows, deadlineMs, signal, onError });
    request.outcome.timing = prediction.timing;
    request.outcome.overrides = prediction.model.overrides;
    void reply.type('application/json');
    return encodePrediction(prediction);
  }
}

function onErrorOf(query: Record<string, unknown>): 'request' | 'row' {
  const { onError = 'request', ...unknown } = query;
  const [name] = Object.keys(unknown);
  if (name !== undefined)
    throw new ContractError('INVALID_REQUEST', `Query parameter "${name.slice(0, 64)}" is not known; "onError" is.`);
  if (onError !== 'row' && onError !== 'request') {
    throw new ContractError('INVALID_REQUEST', 'Query parameter "onError": expected "row" or "request".');
  }
  return onError;
}
