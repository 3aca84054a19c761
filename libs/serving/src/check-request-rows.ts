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

interface SentRows {
  readonly rows: readonly unknown[];
  readonly onError?: 'request' | 'row' | undefined;
}

/**
 * Checks the rows of a request against the signature, at once where they are few. Without `onError: 'row'` any rejection refuses
 * the request, with the problems of all rows.
 */
export function checkRequestRows(
  signature: Signature,
  sent: SentRows,
  clock: Clock,
): CheckedRows | Promise<CheckedRows> {
  const check = new RequestCheck(signature);
  if (sent.rows.length > ROWS_A_TURN) return checkInTurns(check, sent, clock);
  check.take(sent.rows, 0);
  return check.result(sent);
}

async function checkInTurns(check: RequestCheck, sent: SentRows, clock: Clock): Promise<CheckedRows> {
  for (let from = 0; from < sent.rows.length; from += ROWS_A_TURN) {
    if (from > 0) await new Promise<void>((resolve) => clock.nextTick(resolve));
    check.take(sent.rows.slice(from, from + ROWS_A_TURN), from);
  }
  return check.result(sent);
}

/** What became of the rows of one request so far. */
class RequestCheck {
  readonly #signature: Signature;
  readonly #rows: Row[] = [];
  readonly #rejected = new Map<number, ServingError>();
  #maxProblems = MOST_PROBLEMS;

  constructor(signature: Signature) {
    this.#signature = signature;
  }

  /** Rows from index `from` on. */
  take(part: readonly unknown[], from: number): void {
    const outcomes = checkRows(this.#signature, part, { maxProblems: this.#maxProblems });
    for (let offset = 0; offset < outcomes.length; offset++) {
      const outcome = outcomes[offset]!;
      if ('row' in outcome) this.#rows.push(outcome.row);
      else this.#reject(from + offset, outcome.problems);
    }
  }

  #reject(row: number, problems: readonly RowProblem[]): void {
    this.#maxProblems = Math.max(1, this.#maxProblems - problems.length);
    this.#rejected.set(row, mismatch(problems.map((problem) => ({ ...problem, row }))));
  }

  /** Throws the refusal of the whole request. */
  result({ onError }: SentRows): CheckedRows {
    const rejected = this.#rejected;
    if (rejected.size > 0 && onError !== 'row')
      throw mismatch([...rejected.values()].flatMap((error) => error.details));
    return { rows: this.#rows, rejected };
  }
}

/** The refusal of rows that do not fit: the first problem in words, all of them in `details`. */
export function mismatch(details: readonly RowProblem[]): ServingError {
  const [first] = details;
  const where = first === undefined || first.field === '' ? 'A row' : `Field "${first.field}" of row ${first.row}`;
  const more = details.length > 1 ? ` (${details.length - 1} more in "details")` : '';
  const what = first === undefined ? 'does not fit the signature' : `: expected ${first.expected}, got ${first.got}`;
  return new ServingError('INPUT_MISMATCH', `${where}${what}${more}.`, { details });
}
