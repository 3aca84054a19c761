import { checkRows, type Signature } from '@web-single/signature';
import type { Row, RowProblem } from '@web-single/tensor';
import type { Clock } from './clock.ts';
import { ServingError } from './serving-error.ts';

/** Some milliseconds' worth: a longer request is checked a part a turn of the event loop, so that others are answered meanwhile. */
const ROWS_A_TURN = 500;
const MOST_PROBLEMS = 100;

export interface CheckedRows {
  /** Those that passed, in order. */
  readonly rows: readonly Row[];
  /** The others by their index. */
  readonly rejected: ReadonlyMap<number, ServingError>;
}

/** Checks the rows of a request against the signature. Without `onError: 'row'` any rejection refuses the request, with the problems of all rows. */
export async function checkRequestRows(
  signature: Signature,
  { rows: sent, onError }: { readonly rows: readonly unknown[]; readonly onError?: 'request' | 'row' | undefined },
  clock: Clock,
): Promise<CheckedRows> {
  const rows: Row[] = [];
  const rejected = new Map<number, ServingError>();
  let maxProblems = MOST_PROBLEMS;
  for (let from = 0; from < sent.length; from += ROWS_A_TURN) {
    if (from > 0) await new Promise<void>((resolve) => clock.nextTick(resolve));
    const part = sent.length <= ROWS_A_TURN ? sent : sent.slice(from, from + ROWS_A_TURN);
    checkRows(signature, part, { maxProblems }).forEach((outcome, offset) => {
      if ('row' in outcome) return void rows.push(outcome.row);
      maxProblems = Math.max(1, maxProblems - outcome.problems.length);
      const row = from + offset;
      rejected.set(row, mismatch(outcome.problems.map((problem) => ({ ...problem, row }))));
    });
  }
  if (rejected.size > 0 && onError !== 'row') throw mismatch([...rejected.values()].flatMap((error) => error.details));
  return { rows, rejected };
}

/** The refusal of rows that do not fit: the first problem in words, all of them in `details`. */
export function mismatch(details: readonly RowProblem[]): ServingError {
  const [first] = details;
  const where = first === undefined || first.field === '' ? 'A row' : `Field "${first.field}" of row ${first.row}`;
  const more = details.length > 1 ? ` (${details.length - 1} more in "details")` : '';
  const what = first === undefined ? 'does not fit the signature' : `: expected ${first.expected}, got ${first.got}`;
  return new ServingError('INPUT_MISMATCH', `${where}${what}${more}.`, { details });
}
