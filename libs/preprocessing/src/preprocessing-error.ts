/** One thing wrong with a pipeline's declaration. */
export interface PipelineProblem {
  /** Index in the list of steps, 0-based. */
  readonly index: number;
  /** JSON pointer inside that entry: `/size`, `/fields/sex`; empty for the entry itself. */
  readonly pointer: string;
  readonly message: string;
}

/** A pipeline that cannot be built, with every problem found. */
export class PreprocessingError extends Error {
  readonly code = 'INVALID_PIPELINE';
  readonly problems: readonly PipelineProblem[];

  constructor(problems: readonly PipelineProblem[]) {
    super(
      problems.map(({ index, pointer, message }) => `Step ${index + 1} (/${index}${pointer}): ${message}`).join('\n'),
    );
    this.name = 'PreprocessingError';
    this.problems = problems;
  }
}
