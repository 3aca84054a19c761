import { modelCollisions, PackageError, type ModelPackage } from '@web-single/model-package';

type Named = Pick<ModelPackage, 'name' | 'version'>;

/** Which models each place has brought: no place takes over a model of another. */
export class ModelOwners {
  readonly #byOwner = new Map<string, readonly Named[]>();

  /** Throws `PackageError` where a name and version belongs to another owner already; nothing is claimed then. */
  claim(owner: string, packages: readonly Named[]): void {
    const others = [...this.#byOwner].flatMap(([other, named]) => (other === owner ? [] : named));
    const problems = modelCollisions([...others, ...packages]);
    if (problems.length > 0) throw new PackageError(problems);
    this.#byOwner.set(
      owner,
      packages.map(({ name, version }) => ({ name, version })),
    );
  }

  /** undefined where it has brought nothing yet. */
  namesOf(owner: string): readonly string[] | undefined {
    return this.#byOwner.get(owner)?.map(({ name }) => name);
  }
}
