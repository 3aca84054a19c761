import type { ModelPackage } from '@web-single/model-package';
import type { StartedEngine } from '@web-single/model-runtime';
import { systemClock, type Clock } from './clock.ts';
import { servingChannels, type ModelEvent, type PredictionEvent } from './events.ts';
import { LoadedModels } from './loaded-models.ts';
import { predict, type Prediction, type PredictRequest } from './predict.ts';
import { ServedModel, type ServingLimits } from './served-model.ts';
import { ServingError } from './serving-error.ts';

export interface ServingConfig {
  readonly packages: readonly ModelPackage[];
  /** Brings one model version up: loaded, golden-checked, warm. Rejects where it must not serve. */
  readonly startEngine: (modelPackage: ModelPackage) => Promise<StartedEngine>;
  readonly defaultModel?: string | undefined;
  readonly limits?: Partial<ServingLimits>;
  readonly clock?: Clock;
}

const DEFAULT_LIMITS: ServingLimits = {
  maxWaitMs: 10_000,
  maxQueuedBatches: 64,
  minRowsInFlight: 4096,
  maxImagesPerRequest: 256,
  maxPixelsPerRequest: 100_000_000,
};

/** A model that did not come up, and why. */
export interface LoadFailure {
  readonly model: string;
  readonly version: string;
  readonly error: Error;
}

/** Serves model packages without any web framework: `load`, `predict`, `drain`. */
export class Serving {
  readonly models: LoadedModels;
  readonly #config: ServingConfig;
  readonly #clock: Clock;
  #draining = false;
  #loaded = false;

  constructor(config: ServingConfig) {
    this.#config = config;
    this.#clock = config.clock ?? systemClock;
    this.models = new LoadedModels(config.defaultModel);
    for (const { name, version } of config.packages) this.models.set(name, version, { state: 'loading' });
  }

  /** True once the first load attempt of every model is done, whatever came of it. */
  get isStarted(): boolean {
    return this.#loaded;
  }

  /**
   * Loaded, golden-checked, warm, not draining, and not all engines dead. Stays true under plain overload, and while any
   * model can answer: one that kills its engines everywhere must not take the others out of every balancer.
   */
  get isReady(): boolean {
    const isUsable = (): boolean => this.models.ready().some((served) => !served.isDead);
    return this.#loaded && !this.#draining && this.models.allReady() && isUsable();
  }

  get isDraining(): boolean {
    return this.#draining;
  }

  /** Loads every package, at most two at a time; returns what failed (those models never become ready). */
  async load(): Promise<LoadFailure[]> {
    const failures: LoadFailure[] = [];
    const waiting = [...this.#config.packages];
    const loadNext = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const error = await this.#loadOne(next);
        if (error !== null) failures.push({ model: next.name, version: next.version, error });
      }
    };
    await Promise.all([loadNext(), loadNext()]);
    this.#loaded = true;
    return failures;
  }

  /**
   * Takes the packages over as they are now: changed ones are brought up beside the old state and take its place, those gone
   * are retired. What cannot serve is returned, and its old state serves on.
   */
  async update(packages: readonly ModelPackage[]): Promise<LoadFailure[]> {
    const failures: LoadFailure[] = [];
    for (const next of packages) {
      if (this.#find(next)?.package.digest === next.digest) continue;
      const error = await this.#loadOne(next);
      if (error !== null) failures.push({ model: next.name, version: next.version, error });
    }
    const kept = new Set(packages.map(({ name, version }) => `${name}/${version}`));
    for (const served of this.models.ready()) {
      const { name, version } = served.package;
      if (!kept.has(`${name}/${version}`)) this.#retire(served);
    }
    return failures;
  }

  /** Answers one request. Throws `ServingError` with a code of the catalogue. */
  async predict(request: PredictRequest): Promise<Prediction> {
    const startedAtMs = this.#clock.now();
    const rows = request.rows.length;
    try {
      const prediction = await predict(this.models, this.#clock, request);
      const { name: model, version } = prediction.model;
      this.#publish({ model, version, rows, code: 'OK', durationMs: this.#clock.now() - startedAtMs });
      return prediction;
    } catch (error) {
      const code = error instanceof ServingError ? error.code : 'INTERNAL';
      const isKnown = request.model !== undefined && this.models.names().includes(request.model);
      const model = isKnown ? request.model : '_other';
      this.#publish({ model, version: '', rows, code, durationMs: this.#clock.now() - startedAtMs });
      throw error;
    }
  }

  /** From now on not ready, while requests are still answered. */
  startDraining(): void {
    this.#draining = true;
  }

  /** Finishes what was admitted, then closes every engine. */
  async close(): Promise<void> {
    this.#draining = true;
    await Promise.all(this.models.ready().map((served) => served.retire()));
  }

  /** Brings one package up; a ready state it replaces serves until then, and on where this fails. */
  async #loadOne(modelPackage: ModelPackage): Promise<Error | null> {
    const { name, version } = modelPackage;
    const previous = this.#find(modelPackage);
    publishModel({ model: name, version, state: 'loading' });
    try {
      const started = await this.#config.startEngine(modelPackage);
      const served = new ServedModel(modelPackage, started, { ...DEFAULT_LIMITS, ...this.#config.limits }, this.#clock);
      this.models.set(name, version, { state: 'ready', served });
      publishModel({ model: name, version, state: 'ready' });
      if (previous !== undefined) void previous.retire();
      return null;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (previous === undefined) this.models.set(name, version, { state: 'failed', message });
      publishModel({ model: name, version, state: 'failed', message });
      return error instanceof Error ? error : new Error(message);
    }
  }

  #find({ name, version }: Pick<ModelPackage, 'name' | 'version'>): ServedModel | undefined {
    const isSame = (served: ServedModel): boolean => served.package.name === name && served.package.version === version;
    return this.models.ready().find(isSame);
  }

  /** Takes no new request from now on; what it has is finished first. */
  #retire(served: ServedModel): void {
    const { name, version } = served.package;
    this.models.remove(name, version);
    publishModel({ model: name, version, state: 'retired' });
    void served.retire();
  }

  #publish(event: PredictionEvent): void {
    if (servingChannels.prediction.hasSubscribers) servingChannels.prediction.publish(event);
  }
}

function publishModel(event: ModelEvent): void {
  servingChannels.model.publish(event);
}

/** Builds the core; nothing is loaded until `load()`. */
export function createServing(config: ServingConfig): Serving {
  return new Serving(config);
}
