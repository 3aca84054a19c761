import { Controller, Inject, Param, Res } from '@nestjs/common';
import {
  createOpenApi,
  restContract,
  writeJson,
  type JsonValue,
  type ModelDescription,
  type ModelSummary,
  type ServerInfo,
} from '@web-single/contract';
import { Serving, type ServedModel } from '@web-single/serving';
import type { FastifyReply } from 'fastify';
import { SETTINGS, type Settings } from '../config/settings.ts';
import { componentVersions, runtimeVersions } from '../config/component-versions.ts';
import { ContractRoute } from './contract-route.ts';
import { describeModel, summarizeModel } from './describe-model.ts';

/** What the server holds: models, their signatures and cards, its own versions, and the description of it all. */
@Controller()
export class ModelsController {
  constructor(
    @Inject(Serving) private readonly serving: Serving,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @ContractRoute(restContract.listModels)
  listModels(): { models: ModelSummary[] } {
    return { models: this.#active().map((served) => summarizeModel(this.serving.models, served)) };
  }

  @ContractRoute(restContract.getModel)
  getModel(@Param('model') model: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.type('application/json');
    const description = describeModel(this.serving.models, this.serving.models.resolve(model, undefined));
    return writeJson(description as unknown as JsonValue);
  }

  @ContractRoute(restContract.server)
  server(): ServerInfo {
    const version = componentVersions['predictor'] ?? '';
    const { overrides } = this.serving;
    const { GRPC_PORT: grpcPort } = this.settings;
    return {
      name: 'web-single',
      version,
      components: componentVersions,
      runtime: runtimeVersions,
      ...(typeof grpcPort === 'number' && grpcPort > 0 && { grpcPort }),
      ...(overrides && { overrides: { sha256: overrides.sha256, models: Object.keys(overrides.models) } }),
    };
  }

  @ContractRoute(restContract.openapi)
  openapi(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.type('application/json');
    const descriptions: ModelDescription[] = this.#active().map((served) => describeModel(this.serving.models, served));
    return writeJson(
      createOpenApi(descriptions, { version: componentVersions['predictor'] ?? '' }) as unknown as JsonValue,
    );
  }

  /** The active version of each ready model, by name. */
  #active(): ServedModel[] {
    const { models } = this.serving;
    return models
      .ready()
      .filter(({ package: { name, version } }) => models.activeVersion(name) === version)
      .sort((left, right) => (left.package.name < right.package.name ? -1 : 1));
  }
}
