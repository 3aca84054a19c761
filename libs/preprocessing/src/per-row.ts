import type { Row } from '@web-single/tensor';
import { RowRejection } from './step.ts';
import type { Step, StepOutcome } from './step.ts';

/**
 * Makes a step of a function over one row. A `RowRejection`, returned or thrown, rejects that row; any other exception
 * does, too, under a message that tells nothing of its inside.
 */
export function perRow(name: string, change: (row: Row) => StepOutcome | Promise<StepOutcome>): Step {
  const attempt = (row: Row): StepOutcome | Promise<StepOutcome> => {
    try {
      const outcome = change(row);
      return outcome instanceof Promise ? outcome.catch((error: unknown) => rejectionOf(name, error)) : outcome;
    } catch (error) {
      return rejectionOf(name, error);
    }
  };
  return {
    name,
    apply(rows) {
      const outcomes = rows.map(attempt);
      return outcomes.some((outcome) => outcome instanceof Promise)
        ? Promise.all(outcomes)
        : (outcomes as StepOutcome[]);
    },
  };
}

/** The rejection that was thrown, or a general one for a fault of the step itself. */
export function rejectionOf(step: string, error: unknown): RowRejection {
  if (error instanceof RowRejection) return error;
  return new RowRejection({
    field: '',
    expected: `a row that step "${step}" can work with`,
    got: 'one on which the step failed unexpectedly',
    hint: 'This is a fault of the step, not of the row: tell the owner of the model which row it was.',
  });
}
