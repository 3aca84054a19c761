import type { ModelPackage, Overrides } from '@web-single/model-package';
import type { StartedEngine } from '@web-single/model-runtime';
import { systemClock, type Clock } from './clock.ts';
import type { Expectation } from './expectations.ts';
import { servingChannels, type ModelEvent } from './events.ts';
import { LoadedModels } from './loaded-models.ts';
import { observed, shed, type RequestedModel, type Shed, type ShedTimes } from './observe-requests.ts';
import { OverridesInForce } from './overrides-in-force.ts';
import { predictTensors, type TensorsPrediction, type TensorsRequest } from './predict-tensors.ts';
import { predict, type Prediction, type PredictRequest } from './predict.ts';
import { ServedModel, type ServingLimits } from './served-model.ts';

export interface ServingConfig {
  readonly packages: readonly ModelPackage[];
  /** Brings one model version up: loaded, golden-checked, warm. Rejects where it must not serve. */
  readonly startEngine: (modelPackage: ModelPackage) => Promise<StartedEngine>;
  readonly defaultModel?: string | undefined;
  /** True where models may come that are not known yet: overrides may name them before. */
  readonly mayGrow?: boolean;
  readonly limits?: Partial<ServingLimits>;
  readonly clock?: Clock;
}

const DEFAULT_LIMITS: ServingLimits = {
  maxWaitMs: 10_000,
  maxQueuedBatches: 64,
  minRowsInFlight: 32_768,
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
  readonly clock: Clock;
  #draining = false;
  #loaded = false;
  readonly #overrides = new OverridesInForce();
  /** By model: resolves when the changes asked for so far are done. Two at once would bring up two engines for one place. */
  readonly #changes = new Map<string, Promise<void>>();

  constructor(config: ServingConfig) {
    this.#config = config;
    this.clock = config.clock ?? systemClock;
    this.models = new LoadedModels(config.defaultModel);
    for (const { name, version } of config.packages) this.models.set(name, version, { state: 'loading' });
  }

  /** True once the first load attempt of every model is done, whatever came of it. */
  get isStarted(): boolean {
    return this.#loaded && this.models.expectations.areTried;
  }

  /**
   * Loaded, golden-checked, warm, nothing still to come, not draining, and not all engines dead. Stays true under plain overload, and while any
   * model can answer: one that kills its engines everywhere must not take the others out of every balancer.
   */
  get isReady(): boolean {
    const isUsable = (): boolean => this.models.ready().some((served) => !served.isDead);
    const isComplete = this.#loaded && !this.models.expectations.areOpen;
    return isComplete && !this.#draining && this.models.allReady() && isUsable();
  }

  /** Announces models that are still to come: the server is not ready until they serve. */
  expect(): Expectation {
    return this.models.expectations.add();
  }

  get isDraining(): boolean {
    return this.#draining;
  }

  /** The overrides that are in force. */
  get overrides(): Overrides | undefined {
    return this.#overrides.current;
  }

  /**
   * Takes overrides over, for all models at once and without touching an engine: requests that have begun keep those they
   * began with. Throws `OverridesError` with all problems; then nothing has changed.
   */
  override(overrides: Overrides): void {
    this.#overrides.replace(overrides, this.models, this.#config);
  }

  /** Loads every package, at most two at a time; returns what failed (those models never become ready). */
  async load(): Promise<LoadFailure[]> {
    const failures: LoadFailure[] = [];
    const waiting = [...this.#config.packages];
    const loadNext = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const error = await this.#loadOne(next, 'failed');
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
    const failures = await this.bringUp(packages);
    const kept = new Set(packages.map(({ name, version }) => `${name}/${version}`));
    for (const served of this.models.ready()) {
      const { name, version } = served.package;
      if (kept.has(`${name}/${version}`)) continue;
      this.models.remove(name, version);
      retire(served);
    }
    return failures;
  }

  /**
   * Brings packages up beside what serves; each takes its version's place once it is ready, and what serves already as it is
   * is left alone. Returns what failed; readiness stays.
   */
  async bringUp(packages: readonly ModelPackage[]): Promise<LoadFailure[]> {
    const failures: LoadFailure[] = [];
    for (const next of packages) {
      const error = await this.#inTurn(next.name, () =>
        this.#find(next)?.package.digest === next.digest ? null : this.#loadOne(next, 'unloaded'),
      );
      if (error !== null) failures.push({ model: next.name, version: next.version, error });
    }
    return failures;
  }

  /** Brings every version that serves up once more, whatever its digest: its code has changed, not its package. Returns what failed. */
  async renew(): Promise<LoadFailure[]> {
    const renewed = this.models.ready().map(async ({ package: served }) => {
      const error = await this.#inTurn(served.name, () => this.#loadOne(served, 'failed'));
      return error === null ? [] : [{ model: served.name, version: served.version, error }];
    });
    return (await Promise.all(renewed)).flat();
  }

  /**
   * Takes every version of a model out of service: what it has is finished, new requests find it not loaded. A load that was
   * asked for before is awaited, so that its version does not come up behind the unload.
   */
  unload(name: string): Promise<void> {
    return this.#inTurn(name, () => {
      for (const { version, state } of this.models.versions(name)) {
        this.models.set(name, version, { state: 'unloaded' });
        if (state.state === 'ready') retire(state.served);
      }
    });
  }

  /** Runs a change of a model behind those asked for before. */
  async #inTurn<Result>(name: string, change: () => Result | Promise<Result>): Promise<Result> {
    const before = this.#changes.get(name) ?? Promise.resolve();
    const result = before.then(change);
    const done = result.then(noop, noop);
    this.#changes.set(name, done);
    try {
      return await result;
    } finally {
      if (this.#changes.get(name) === done) this.#changes.delete(name);
    }
  }

  /** Answers one request of rows. Throws `ServingError` with a code of the catalogue. */
  predict(request: PredictRequest): Promise<Prediction> {
    return observed(this, request, request.rows.length, () => predict(this.models, this.clock, request));
  }

  /** Answers one request of whole tensors. Throws `ServingError` with a code of the catalogue. */
  predictTensors(request: TensorsRequest): Promise<TensorsPrediction> {
    const rows = Object.values(request.tensors)[0]?.shape[0] ?? 1;
    return observed(this, request, rows, () => predictTensors(this.models, this.clock, request));
  }

  /**
   * What a request of at least one row would be shed with at this moment, so that its body need not be read. Undefined where
   * it would be admitted, or refused for what only `predict` can tell.
   */
  shed(request: RequestedModel, times: ShedTimes): Shed | undefined {
    return shed(this.models, request, times);
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
  async #loadOne(modelPackage: ModelPackage, stateOnFailure: 'failed' | 'unloaded'): Promise<Error | null> {
    const { name, version } = modelPackage;
    publishModel({ model: name, version, state: 'loading' });
    try {
      const served = await this.#bringUpOne(modelPackage);
      // What serves by now, not what did when the load began.
      const previous = this.#find(modelPackage);
      this.models.set(name, version, { state: 'ready', served });
      publishModel({ model: name, version, state: 'ready' });
      if (previous !== undefined) void previous.retire();
      return null;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (this.#find(modelPackage) === undefined) this.models.set(name, version, { state: stateOnFailure, message });
      publishModel({ model: name, version, state: 'failed', message });
      return error instanceof Error ? error : new Error(message);
    }
  }

  /** A package that the overrides do not fit is not started, nor kept where they changed meanwhile. */
  async #bringUpOne(modelPackage: ModelPackage): Promise<ServedModel> {
    this.#overrides.check(modelPackage);
    const started = await this.#config.startEngine(modelPackage);
    const served = new ServedModel(modelPackage, started, { ...DEFAULT_LIMITS, ...this.#config.limits }, this.clock);
    try {
      this.#overrides.layOver(served);
      return served;
    } catch (error) {
      await served.retire();
      throw error;
    }
  }

  #find({ name, version }: Pick<ModelPackage, 'name' | 'version'>): ServedModel | undefined {
    const isSame = (served: ServedModel): boolean => served.package.name === name && served.package.version === version;
    return this.models.ready().find(isSame);
  }
}

const noop = (): void => undefined;

/** It takes no new request from now on; what it has is finished first. */
function retire(served: ServedModel): void {
  const { name, version } = served.package;
  publishModel({ model: name, version, state: 'retired' });
  void served.retire();
}

function publishModel(event: ModelEvent): void {
  servingChannels.model.publish(event);
}

/** Builds the core; nothing is loaded until `load()`. */
export function createServing(config: ServingConfig): Serving {
  return new Serving(config);
}
