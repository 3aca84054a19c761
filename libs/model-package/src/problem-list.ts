import { PackageError } from './package-error.ts';
import type { PackageProblem } from './package-error.ts';

/** Collects the problems of several attempts, so that all are told at once. Lives during one opening. */
export class ProblemList {
  readonly #problems: PackageProblem[] = [];

  /** Keeps what it does not hold yet: two checks may find the same. */
  add(problems: readonly PackageProblem[]): void {
    for (const problem of problems) {
      const isKnown = this.#problems.some(
        ({ where, message }) => where === problem.where && message === problem.message,
      );
      if (!isKnown) this.#problems.push(problem);
    }
  }

  /** The attempt's result, or undefined where it failed with a `PackageError`, whose problems are kept. */
  async try<T>(attempt: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof PackageError)) throw error;
      this.add(error.problems);
      return undefined;
    }
  }

  /** The problems with `place` before where they are. */
  prefixed(place: string): PackageProblem[] {
    return this.#problems.map(({ where, message }) => ({
      where: where === place || where.startsWith(`${place} `) ? where : `${place}: ${where}`,
      message,
    }));
  }

  /** Throws all that was collected, if anything was. */
  throwIfAny(): void {
    if (this.#problems.length > 0) throw new PackageError(this.#problems);
  }
}
