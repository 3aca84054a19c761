import type { Row, RowProblem } from '@web-single/tensor';

/** A row that a step cannot work with. Only this row fails; `row` is filled in by the pipeline's caller. */
export class RowRejection {
  readonly problem: Omit<RowProblem, 'row'>;

  constructor(problem: Omit<RowProblem, 'row'>) {
    this.problem = problem;
  }
}

export type StepOutcome = Row | RowRejection;

/** Pure function over a batch of rows: one outcome per row, in order. Never mixes rows, never keeps them. */
export interface Step {
  readonly name: string;
  apply(rows: readonly Row[]): readonly StepOutcome[] | Promise<readonly StepOutcome[]>;
}

/** One entry of a manifest's `before` or `after`: the step's name and its parameters beside it. */
export interface StepSpec {
  readonly step: string;
  readonly [parameter: string]: unknown;
}
