/** One thing wrong with a package: where, what was expected, what came, what to do. */
export interface PackageProblem {
  /** File and JSON pointer or node: `model.yaml /signature/imput`, `model.onnx output "probs"`. */
  readonly where: string;
  readonly message: string;
  /** Set where a known trap of exporting is the cause: `diagnose` says more about it. */
  readonly trap?: PackageTrap;
}

export type PackageTrap =
  | 'not-onnx'
  | 'opset-too-new'
  | 'ir-too-new'
  | 'custom-operator'
  | 'external-data'
  | 'rewrite-external'
  | 'bfloat16'
  | 'map-output'
  | 'sequence-output'
  | 'labels-width'
  | 'digest';

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
