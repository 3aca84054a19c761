import type { ServedModel } from './served-model.ts';
import { ServingError } from './serving-error.ts';
import { compareVersions } from './compare-versions.ts';
import { Expectations } from './expectations.ts';
import { nearestName } from '@web-single/tensor';

export type ModelState =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly served: ServedModel }
  | { readonly state: 'failed'; readonly message: string }
  /** Known and not in service, on purpose or because a later load failed: not counted against readiness. */
  | { readonly state: 'unloaded'; readonly message?: string };

export interface KnownVersion {
  readonly version: string;
  readonly state: ModelState;
}

const REASONS = {
  loading: 'is still loading',
  failed: 'could not be loaded',
  unloaded: 'is not loaded',
} as const;

/** Which models the server holds, by name and version, and which version of each is active. */
export class LoadedModels {
  /** Models still to come: until they are here no name counts as unknown. */
  readonly expectations = new Expectations();
  readonly #byName = new Map<string, Map<string, ModelState>>();
  /** Kept until a version comes or goes: every request asks. */
  readonly #sorted = new Map<string, readonly KnownVersion[]>();
  readonly #defaultModel: string | undefined;

  constructor(defaultModel?: string) {
    this.#defaultModel = defaultModel;
  }

  set(name: string, version: string, state: ModelState): void {
    const versions = this.#byName.get(name) ?? new Map<string, ModelState>();
    versions.set(version, state);
    this.#byName.set(name, versions);
    this.#sorted.delete(name);
  }

  remove(name: string, version: string): void {
    const versions = this.#byName.get(name);
    versions?.delete(version);
    this.#sorted.delete(name);
    if (versions?.size === 0) this.#byName.delete(name);
  }

  names(): string[] {
    return [...this.#byName.keys()].sort();
  }

  /** Every version of every model. */
  known(): { name: string; version: string; state: ModelState }[] {
    return this.names().flatMap((name) => this.versions(name).map((entry) => ({ name, ...entry })));
  }

  /** Highest first. */
  versions(name: string): readonly KnownVersion[] {
    const known = this.#sorted.get(name);
    if (known !== undefined) return known;
    const byVersion = this.#byName.get(name);
    if (byVersion === undefined) return [];
    const sorted = [...byVersion]
      .map(([version, state]) => ({ version, state }))
      .sort((left, right) => compareVersions(right.version, left.version));
    this.#sorted.set(name, sorted);
    return sorted;
  }

  /** The highest ready version that is not switched off, else the highest ready, else the highest one. */
  activeVersion(name: string): string | undefined {
    const versions = this.versions(name);
    if (versions.length === 1) return versions[0]!.version;
    const ready = versions.filter(({ state }) => state.state === 'ready');
    const enabled = ready.find(({ state }) => state.state === 'ready' && state.served.isEnabled);
    return (enabled ?? ready[0] ?? versions[0])?.version;
  }

  allReady(): boolean {
    const states = [...this.#byName.values()].flatMap((versions) => [...versions.values()]);
    const wanted = states.filter(({ state }) => state !== 'unloaded');
    return wanted.length > 0 && wanted.every((state) => state.state === 'ready' && state.served.isProven);
  }

  ready(): ServedModel[] {
    const states = [...this.#byName.values()].flatMap((versions) => [...versions.values()]);
    return states.flatMap((state) => (state.state === 'ready' ? [state.served] : []));
  }

  /** As `resolve`, where that model is ready; undefined where `resolve` would throw. */
  find(name: string | undefined, version: string | undefined): ServedModel | undefined {
    const known = name ?? this.defaultModel();
    const state =
      known === undefined ? undefined : this.#byName.get(known)?.get(version ?? this.activeVersion(known) ?? '');
    return state?.state === 'ready' ? state.served : undefined;
  }

  /** The model a request names, or the default one. Throws `MODEL_NOT_FOUND` or `MODEL_NOT_READY`. */
  resolve(name: string | undefined, version: string | undefined): ServedModel {
    const resolvedName = name ?? this.#defaultName();
    if (!this.#byName.has(resolvedName)) throw this.#unknownModel(resolvedName);
    const resolvedVersion = version ?? this.activeVersion(resolvedName);
    const state = this.#byName.get(resolvedName)?.get(resolvedVersion ?? '');
    if (state === undefined && this.expectations.areOpen) throw notHereYet(`Version "${resolvedVersion}"`);
    if (state === undefined) {
      const known = this.versions(resolvedName).map((entry) => entry.version);
      throw new ServingError(
        'MODEL_NOT_FOUND',
        `Model "${resolvedName}" has no version "${resolvedVersion}"; it has ${known.join(', ')}.`,
      );
    }
    if (state.state === 'ready') return state.served;
    const reason = REASONS[state.state];
    throw new ServingError('MODEL_NOT_READY', `Model "${resolvedName}" ${reason}.`, { retryAfterMs: 1000 });
  }

  /** As `resolve`, for a prediction: a version that is switched off is `MODEL_NOT_READY`. */
  resolveEnabled(name: string | undefined, version: string | undefined): ServedModel {
    const served = this.resolve(name, version);
    if (served.isEnabled) return served;
    const { package: found } = served;
    throw new ServingError(
      'MODEL_NOT_READY',
      `Model "${found.name}" version ${found.version} is switched off by its operator.`,
    );
  }

  /** The model that answers requests naming none: the configured one, else the only one, once no other can come. */
  defaultModel(): string | undefined {
    const names = this.names();
    const isOnly = names.length === 1 && !this.expectations.areOpen;
    return this.#defaultModel ?? (isOnly ? names[0] : undefined);
  }

  #defaultName(): string {
    const name = this.defaultModel();
    if (name === undefined && this.expectations.areOpen) throw notHereYet('The default model');
    if (name === undefined) {
      const names = this.names();
      throw new ServingError(
        'MODEL_NOT_FOUND',
        `No default model is set (DEFAULT_MODEL); name one of ${names.join(', ')}.`,
      );
    }
    return name;
  }

  #unknownModel(name: string): ServingError {
    if (this.expectations.areOpen) return notHereYet(`Model "${name.slice(0, 64)}"`);
    const names = this.names();
    const near = nearestName(name, names);
    const hint = near === undefined ? `The models are ${names.join(', ')}.` : `Did you mean "${near}"?`;
    return new ServingError('MODEL_NOT_FOUND', `There is no model "${name.slice(0, 64)}". ${hint}`);
  }
}

function notHereYet(what: string): ServingError {
  const message = `${what} is not here, and models from elsewhere are still to come. GET /readyz says what is missing.`;
  return new ServingError('MODEL_NOT_READY', message, { retryAfterMs: 1000 });
}
