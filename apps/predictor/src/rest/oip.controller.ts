import { Controller, Inject, Param, Req, Res } from '@nestjs/common';
import {
  ContractError,
  decodeInferJson,
  parseJson,
  restContract,
  splitInferBody,
  type InferRequest,
  type ModelConfig,
  type ModelMetadata,
  type ModelStatistics,
  type RepositoryEntry,
  type ServerMetadata,
} from '@web-single/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { SETTINGS, type Settings } from '../config/settings.ts';
import { INFERENCE_CALLS, type InferenceCalls } from '../oip/inference-calls.ts';
import { ContractRoute } from './contract-route.ts';
import { deadlineLimitsOf, deadlineOf } from './deadline.ts';
import { Disconnection } from './disconnection.ts';
import { inferReply } from './oip-reply.ts';
import { parseInTurns } from './parse-in-turns.ts';

interface ModelParams {
  readonly model: string;
  readonly version?: string;
}

/** Deepest nesting and most values of a JSON body; more values than the largest body can hold are none. */
const JSON_LIMITS = { maxDepth: 100, maxValues: 8_000_000, exactIntegers: true };
/** Of a body that says one thing. */
const MOST_INDEX_BYTES = 4096;
const NO_BYTES = new Uint8Array();

/** The Open Inference Protocol over REST: decode, call, encode. */
@Controller()
export class OipController {
  constructor(
    @Inject(INFERENCE_CALLS) private readonly calls: InferenceCalls,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

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

  @ContractRoute(restContract.oipInfer, restContract.oipInferVersion)
  async infer(
    @Param() { model, version }: ModelParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | Readable> {
    const deadlineMs = deadlineOf(request, deadlineLimitsOf(this.settings));
    const signal = new Disconnection(request.outcome);
    const decoded = await this.#decode(request, model, { deadlineMs, signal });
    const response = await this.calls.infer({ model, version, request: decoded, deadlineMs, signal });
    request.outcome.isBodyDone = true;
    request.outcome.model = response.modelName;
    request.outcome.version = response.modelVersion;
    const overrides = response.parameters?.['overrides'];
    if (typeof overrides === 'string') request.outcome.overrides = overrides;
    const wanted = 'raw' in decoded ? { inputs: [], parameters: {}, binaryOutputs: true } : decoded;
    return inferReply(response, wanted, request, reply);
  }

  async #decode(
    request: FastifyRequest,
    model: string,
    caller: Parameters<typeof parseInTurns>[2],
  ): Promise<InferRequest | { raw: Uint8Array }> {
    const body = request.body instanceof Uint8Array ? request.body : NO_BYTES;
    const length = request.headers['inference-header-content-length'];
    const split = splitInferBody(body, typeof length === 'string' ? length : length?.join(','));
    if ('raw' in split) return split;
    const { JSON_LIMIT_BYTES } = this.settings;
    if (split.json.length > JSON_LIMIT_BYTES) {
      throw new ContractError(
        'PAYLOAD_TOO_LARGE',
        `The JSON is larger than ${JSON_LIMIT_BYTES} bytes: send tensors as bytes.`,
      );
    }
    return decodeInferJson(await parseInTurns(split.json, JSON_LIMITS, caller), split.binary, model);
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
  const value = parseJson(body, JSON_LIMITS);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const { ready = false } = (isObject ? value : { ready: null }) as { ready?: unknown };
  if (typeof ready === 'boolean') return ready;
  throw new ContractError('INVALID_REQUEST', 'The body: expected an object whose "ready" is true or false.');
}
