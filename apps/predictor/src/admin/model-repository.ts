import {
  findModels,
  PackageError,
  type FoundModel,
  type ModelPackage,
  type OpenOptions,
} from '@web-single/model-package';
import type { ModelSources } from '../sources/model-sources.ts';
import { componentVersions } from '../config/component-versions.ts';

/** The models that lie at the configured paths or come from elsewhere, loaded or not. */
export class ModelRepository {
  readonly #paths: readonly string[];
  readonly #options: OpenOptions;
  readonly #sources: Pick<ModelSources, 'open'>;

  constructor(paths: readonly string[], options: OpenOptions, sources: Pick<ModelSources, 'open'>) {
    this.#paths = paths;
    this.#sources = sources;
    this.#options = { ...options, componentVersions };
  }

  /** Every version of the model, read again from its files. Throws `PackageError`, also where there is none of this name. */
  async open(name: string): Promise<ModelPackage[]> {
    // A name is compared with what lies there, and never becomes part of a path.
    const meant = (await findModels(this.#paths, name)).filter((model) => model.name === name);
    const opened = meant.length > 0 ? await this.#openAll(meant) : await this.#openNamed(name);
    if (opened.length > 0) return opened;
    const fetched = await this.#sources.open(name);
    if (fetched.length > 0) return fetched;
    throw new PackageError([
      { where: name.slice(0, 64), message: 'There is no model of this name in the repository.' },
    ]);
  }

  #openAll(models: readonly FoundModel[]): Promise<ModelPackage[]> {
    return Promise.all(models.map((model) => model.open(this.#options)));
  }

  /** A manifest may name its model otherwise than its folder is named; broken neighbours do not matter. */
  async #openNamed(name: string): Promise<ModelPackage[]> {
    const found = await findModels(this.#paths);
    const opened = await Promise.allSettled(found.map((model) => model.open(this.#options)));
    return opened.flatMap((result) =>
      result.status === 'fulfilled' && result.value.name === name ? [result.value] : [],
    );
  }
}
