import { checkOverrides, overridePackage, type ModelPackage, type Overrides } from '@web-single/model-package';
import { servingChannels, type ModelEvent } from './events.ts';
import type { LoadedModels } from './loaded-models.ts';
import type { ServedModel } from './served-model.ts';

interface Expected {
  readonly packages: readonly ModelPackage[];
  readonly mayGrow?: boolean;
}

/** The overrides that apply now, to what serves and to what comes up next. */
export class OverridesInForce {
  #current: Overrides | undefined;

  get current(): Overrides | undefined {
    return this.#current;
  }

  /** Lays what the overrides say of its version over a model. Throws `OverridesError` where they do not fit it. */
  layOver(served: ServedModel): void {
    served.override(this.#of(served.package));
  }

  /** Throws `OverridesError` where the overrides do not fit a package. */
  check(modelPackage: ModelPackage): void {
    this.#of(modelPackage);
  }

  /** Takes new ones over for all models at once. Throws `OverridesError` with all problems; then nothing has changed. */
  replace(next: Overrides, models: LoadedModels, { packages, mayGrow = false }: Expected): void {
    const ready = models.ready();
    const isLoading = (given: ModelPackage): boolean =>
      models.versions(given.name).some(({ version, state }) => version === given.version && state.state === 'loading');
    const known = mayGrow ? undefined : models.known();
    checkOverrides(next, [...ready.map((served) => served.package), ...packages.filter(isLoading)], known);
    this.#current = next;
    for (const served of ready) {
      this.layOver(served);
      const { name: model, version } = served.package;
      servingChannels.model.publish({ model, version, state: 'overridden' } satisfies ModelEvent);
    }
  }

  #of(modelPackage: ModelPackage) {
    return this.#current === undefined ? undefined : overridePackage(modelPackage, this.#current);
  }
}
