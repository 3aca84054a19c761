import { Controller, Inject, Param, Req, Res } from '@nestjs/common';
import {
  ContractError,
  parseJson,
  restContract,
  type ModelConfig,
  type ModelMetadata,
  type ModelStatistics,
  type RepositoryEntry,
  type ServerMetadata,
} from '@web-single/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { INFERENCE_CALLS, type InferenceCalls } from '../oip/inference-calls.ts';
import { ContractRoute } from './contract-route.ts';

interface ModelParams {
  readonly model: string;
  readonly version?: string;
}

/** Of a body that says one thing. */
const MOST_INDEX_BYTES = 4096;

/** What the Open Inference Protocol tells over REST; its predictions: `infer-answer.ts`. */
@Controller()
export class OipController {
  constructor(@Inject(INFERENCE_CALLS) private readonly calls: InferenceCalls) {}

  @ContractRoute(restContract.oipServer)
  server(): ServerMetadata {
    return this.calls.serverMetadata();
  }

  @ContractRoute(restContract.oipLive)
  live(): { live: boolean } {
    return { live: this.calls.isLive() };
  }

  @ContractRoute(restContract.oipReady)
  ready(@Res({ passthrough: true }) reply: FastifyReply): { ready: boolean } {
    const ready = this.calls.isReady();
    void reply.code(ready ? 200 : 503);
    return { ready };
  }

  @ContractRoute(restContract.oipModels)
  models(): { models: string[] } {
    return { models: [...new Set(this.calls.repositoryIndex(true).map(({ name }) => name))] };
  }

  @ContractRoute(restContract.oipAllStatistics)
  allStatistics(): { model_stats: readonly ModelStatistics[] } {
    return { model_stats: this.calls.statistics() };
  }

  @ContractRoute(restContract.oipModel, restContract.oipModelVersion)
  model(@Param() { model, version }: ModelParams): ModelMetadata {
    return this.calls.modelMetadata(model, version);
  }

  @ContractRoute(restContract.oipModelReady, restContract.oipModelVersionReady)
  modelReady(
    @Param() { model, version }: ModelParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): { name: string; ready: boolean } {
    const ready = this.calls.isModelReady(model, version);
    void reply.code(ready ? 200 : 503);
    return { name: model, ready };
  }

  @ContractRoute(restContract.oipConfig, restContract.oipConfigVersion)
  config(@Param() { model, version }: ModelParams): ModelConfig {
    return this.calls.modelConfig(model, version);
  }

  @ContractRoute(restContract.oipStatistics, restContract.oipStatisticsVersion)
  statistics(@Param() { model, version }: ModelParams): { model_stats: readonly ModelStatistics[] } {
    return { model_stats: this.calls.statistics(model, version) };
  }

  @ContractRoute(restContract.oipRepositoryIndex)
  repositoryIndex(@Req() request: FastifyRequest): readonly RepositoryEntry[] {
    return this.calls.repositoryIndex(readyOnly(request.body));
  }
}

/** `{"ready": true}` or nothing. */
function readyOnly(body: unknown): boolean {
  if (!(body instanceof Uint8Array) || body.length === 0) return false;
  if (body.length > MOST_INDEX_BYTES)
    throw new ContractError(
      'PAYLOAD_TOO_LARGE',
      `The body: expected at most ${MOST_INDEX_BYTES} bytes, {"ready": true}.`,
    );
  const value = parseJson(body);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const { ready = false } = (isObject ? value : { ready: null }) as { ready?: unknown };
  if (typeof ready === 'boolean') return ready;
  throw new ContractError('INVALID_REQUEST', 'The body: expected an object whose "ready" is true or false.');
}
