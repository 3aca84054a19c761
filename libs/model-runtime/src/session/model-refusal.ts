import type { PackageProblem } from '@web-single/model-package';

/**
 * A model that this runtime cannot run. Becomes a `PackageError` in the front; an engine process knows only this class,
 * so that it need not load the reader of packages to start.
 */
export class ModelRefusal extends Error {
  readonly problems: readonly PackageProblem[];

  constructor(problems: readonly PackageProblem[]) {
    super(problems.map(({ message }) => message).join('\n'));
    this.name = 'ModelRefusal';
    this.problems = problems;
  }
}
