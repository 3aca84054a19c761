import {
  checkRequestedOutputs,
  decodeRawInfer,
  describeOipModel,
  levelOf,
  modelConfig,
  modelMetadata,
  OIP_EXTENSIONS,
  responseFromRows,
  responseFromTensors,
  rowsOf,
  tensorsOf,
  timeoutOf,
  type InferResponse,
  type ModelConfig,
  type ModelMetadata,
  type ModelStatistics,
  type OipModel,
  type RepositoryEntry,
  type ServerMetadata,
} from '@web-single/contract';
import {
  ServingError,
  type ModelView,
  type RequestedModel,
  type ServedModel,
  type Serving,
  type Shed,
} from '@web-single/serving';
import { componentVersions } from '../config/component-versions.ts';
import type { InferenceStatistics } from '../telemetry/inference-statistics.ts';
import type { InferCall, InferenceCalls } from './inference-calls.ts';
import { repositoryEntries } from './repository-entries.ts';
import { sessionLabels } from './session-labels.ts';

export interface InferenceLimits {
  /** Most rows one request may carry, at either level. */
  readonly maxRows: number;
}

/** The Open Inference Protocol over the serving core: decides the level, checks, predicts, and names what comes back. */
export class ServingInferenceCalls implements InferenceCalls {
  readonly #serving: Serving;
  readonly #statistics: InferenceStatistics;
  readonly #limits: InferenceLimits;
  /** Computed at the first request of each loaded version under some overrides, gone with them. */
  readonly #described = new WeakMap<ModelView, OipModel>();

  constructor(serving: Serving, statistics: InferenceStatistics, limits: InferenceLimits) {
    this.#serving = serving;
    this.#statistics = statistics;
    this.#limits = limits;
  }

  isLive(): boolean {
    return true;
  }

  isReady(): boolean {
    return this.#serving.isReady;
  }

  isModelReady(model: string, version?: string): boolean {
    const { models } = this.#serving;
    const versions = models.versions(model);
    const mayCome = models.expectations.areOpen;
    if (versions.length === 0 && !mayCome) throw unknownModel(model);
    const wanted = version ?? models.activeVersion(model);
    const found = versions.find((entry) => entry.version === wanted);
    if (found === undefined && mayCome) return false;
    if (found === undefined) throw unknownModel(model, version);
    return found.state.state === 'ready' && isServing(found.state.served) && !this.#serving.isDraining;
  }

  serverMetadata(): ServerMetadata {
    return { name: 'web-single', version: componentVersions['predictor'] ?? '', extensions: OIP_EXTENSIONS.data };
  }

  modelMetadata(model: string, version?: string): ModelMetadata {
    const versions = this.#serving.models
      .versions(model)
      .flatMap((entry) => (entry.state.state === 'ready' ? [entry.version] : []));
    return modelMetadata({ ...this.#describe(this.#resolve(model, version)), versions });
  }

  modelConfig(model: string, version?: string): ModelConfig {
    return modelConfig(this.#describe(this.#resolve(model, version)));
  }

  statistics(model?: string, version?: string): readonly ModelStatistics[] {
    const { models } = this.#serving;
    if (model !== undefined) this.#resolve(model, version);
    return models
      .ready()
      .map((served) => served.package)
      .filter((found) => model === undefined || found.name === model)
      .filter((found) => version === undefined || found.version === version)
      .map((found) => this.#statistics.of(found.name, found.version));
  }

  repositoryIndex(readyOnly: boolean): readonly RepositoryEntry[] {
    return repositoryEntries(this.#serving.models).filter(({ state }) => !readyOnly || state === 'READY');
  }

  async infer({ model, version, request: sent, startedAtMs, deadlineMs, signal }: InferCall): Promise<InferResponse> {
    const served = this.#resolve(model, version, 'resolveEnabled');
    const described = this.#describe(served);
    const request = 'raw' in sent ? decodeRawInfer(sent.raw, described) : sent;
    const timeoutMs = timeoutOf(request) ?? Infinity;
    const level = levelOf(request, described);
    checkRequestedOutputs(request, described, level);
    const call = {
      model,
      version: served.package.version,
      deadlineMs: Math.min(deadlineMs, startedAtMs + timeoutMs),
      signal,
    };
    if (level === 'row') {
      const rows = rowsOf(request, described);
      this.#requireRows(rows.length);
      const { answers, view, model: identity } = await this.#serving.predict({ ...call, rows });
      const outputs = answers.flatMap((answer) => ('outputs' in answer ? [answer.outputs] : []));
      // The overrides may have changed since the request was read.
      const response = responseFromRows(request, this.#describe(served, view), outputs);
      return identity.overrides === undefined
        ? response
        : { ...response, parameters: { overrides: identity.overrides } };
    }
    const tensors = tensorsOf(request, described);
    this.#requireRows(served.rowsOfCall(tensors));
    const { outputs } = await this.#serving.predictTensors({ ...call, tensors });
    return responseFromTensors(request, described, outputs);
  }

  shed({ model, version }: RequestedModel, deadlineMs: number): Shed | undefined {
    if (model !== undefined) return this.#serving.shed({ model, version }, { deadlineMs });
    const [only, ...others] = this.#serving.models.ready();
    if (only === undefined || others.length > 0) return undefined;
    return this.#serving.shed({ model: only.package.name, version: only.package.version }, { deadlineMs });
  }

  #requireRows(rows: number): void {
    if (rows <= this.#limits.maxRows) return;
    throw new ServingError(
      'INPUT_MISMATCH',
      `The request has ${rows} rows, at most ${this.#limits.maxRows} are allowed: split it.`,
    );
  }

  /** Clients made for other servers know an unknown model by the beginning of the message. */
  #resolve(model: string, version: string | undefined, how: 'resolve' | 'resolveEnabled' = 'resolve'): ServedModel {
    try {
      return this.#serving.models[how](model, version);
    } catch (error) {
      if (error instanceof ServingError && error.code === 'MODEL_NOT_FOUND') throw unknownModel(model, version, error);
      throw error;
    }
  }

  #describe(served: ServedModel, view = served.view): OipModel {
    const known = this.#described.get(view);
    if (known !== undefined) return known;
    const { package: found, started } = served;
    const { signature } = view;
    const { name, version, sessionInputs, sessionOutputs, batchable, before, after, batching } = found;
    const described = describeOipModel({
      name,
      version,
      versions: [version],
      signature,
      sessionInputs,
      sessionOutputs,
      batchable,
      hasSteps: before.length + after.length > 0,
      maxRows: started.engine.maxRows,
      instances: started.engine.instances,
      maxDelayMs: batching.maxDelayMs,
      sessionLabels: sessionLabels(found),
    });
    this.#described.set(view, described);
    return described;
  }
}

function isServing(served: ServedModel): boolean {
  return served.isProven && served.isEnabled;
}

function unknownModel(model: string, version?: string, cause?: Error): ServingError {
  const shown = model.slice(0, 64);
  const which = version === undefined ? `'${shown}'` : `'${shown}' version '${version.slice(0, 64)}'`;
  const hint = cause === undefined ? '' : ` ${cause.message}`;
  return new ServingError('MODEL_NOT_FOUND', `Request for unknown model: ${which} is not found.${hint}`, { cause });
}
