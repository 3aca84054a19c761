import { PackageError, type ModelPackage, type SourceUri } from '@web-single/model-package';
import { ModelOwners } from './model-owners.ts';
import { SourceKeeper, type KeeperParts, type SourceStatus } from './source-keeper.ts';
import { Turns } from './turns.ts';

export type SourcesParts = Omit<KeeperParts, 'owners' | 'proving' | 'signal'>;

const LOCAL = 'local paths';
const PROVEN_AT_ONCE = 2;

/** The models that come from elsewhere: one keeper for each URI. */
export class ModelSources {
  readonly #keepers: readonly SourceKeeper[];
  readonly #owners = new ModelOwners();
  readonly #ending = new AbortController();

  constructor(uris: readonly SourceUri[], parts: SourcesParts) {
    const shared = { owners: this.#owners, proving: new Turns(PROVEN_AT_ONCE), signal: this.#ending.signal };
    this.#keepers = uris.map((uri) => new SourceKeeper(uri, { ...parts, ...shared }));
  }

  get isEmpty(): boolean {
    return this.#keepers.length === 0;
  }

  /** Starts to bring them all, beside the models of local paths; resolves once all serve, never where they are ended before. */
  bring(local: readonly ModelPackage[]): Promise<void> {
    this.#owners.claim(LOCAL, local);
    const brought = this.#keepers.map((keeper) => keeper.bring());
    return Promise.all(brought).then(
      () => undefined,
      () => new Promise(() => undefined),
    );
  }

  statuses(): readonly SourceStatus[] {
    return this.#keepers.map(({ status }) => status);
  }

  /** Whether each source answered when it was asked last; without those that never were. */
  answering(): readonly { readonly source: string; readonly isUp: boolean }[] {
    return this.#keepers.flatMap(({ uri, isUp }) => (isUp === undefined ? [] : [{ source: uri.shown, isUp }]));
  }

  /** Where what they brought lies. */
  paths(): readonly string[] {
    return this.#keepers.flatMap(({ path }) => path ?? []);
  }

  /** Fetches a model again from the source that brings it; empty where none does. Rejects with `PackageError`. */
  async open(name: string): Promise<ModelPackage[]> {
    const problems: PackageError[] = [];
    for (const keeper of this.#keepers.filter((candidate) => candidate.mayBring(name))) {
      try {
        const found = (await keeper.open()).filter((modelPackage) => modelPackage.name === name);
        if (found.length > 0) return found;
      } catch (error) {
        if (!(error instanceof PackageError)) throw error;
        problems.push(error);
      }
    }
    if (problems.length > 0) throw new PackageError(problems.flatMap((error) => error.problems));
    return [];
  }

  /** Ends every fetch at once; what came so far stays for the next start. */
  end(): void {
    this.#ending.abort(new Error('The server ends.'));
  }
}
