/** One thing wrong with a package: where, what was expected, what came, what to do. */
export interface PackageProblem {
  /** File and JSON pointer or node: `model.yaml /signature/imput`, `model.onnx output "probs"`. */
  readonly where: string;
  readonly message: string;
}

/** A package that cannot be used, with every problem found, not only the first. */
export class PackageError extends Error {
  readonly code = 'INVALID_PACKAGE';
  readonly problems: readonly PackageProblem[];

  constructor(problems: readonly PackageProblem[]) {
    super(problems.map(({ where, message }) => `${where}: ${message}`).join('\n'));
    this.name = 'PackageError';
    this.problems = problems;
  }
}
