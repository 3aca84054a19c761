/** Everything that keeps a generator from writing, each with its place and what to do: nothing is written then. */
export class ProblemsError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(`Nothing was written:\n${problems.map(({ where, message }) => `  - ${where}: ${message}`).join('\n')}`);
    this.name = 'ProblemsError';
    this.problems = problems;
  }
}

export interface Problem {
  /** The option, or the file: `NAME`, `--from`, `model.onnx`. */
  readonly where: string;
  readonly message: string;
}
