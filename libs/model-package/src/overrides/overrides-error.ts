import type { PackageProblem } from '../package-error.ts';

/** Overrides that cannot be used, with every problem found. */
export class OverridesError extends Error {
  readonly problems: readonly PackageProblem[];

  constructor(problems: readonly PackageProblem[]) {
    super(problems.map(({ where, message }) => `${where}: ${message}`).join('\n'));
    this.name = 'OverridesError';
    this.problems = problems;
  }
}
