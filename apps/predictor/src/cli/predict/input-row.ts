/** Where a row was read. */
export interface RowPlace {
  /** As it was named on the command line; `-` is standard input. */
  readonly file: string;
  /** Of the file, from 1 on; left out for pictures and for fields. */
  readonly line?: number;
}

/** What is wrong with one value of a row; `field` is empty for the row itself. */
export interface InputProblem {
  readonly field: string;
  readonly expected: string;
  readonly got: string;
  readonly hint?: string;
}

/** One row as it was read: what is asked, what is written beside its answer, and why it cannot be asked. */
export interface InputRow {
  readonly place: RowPlace;
  /** Not yet checked against the signature. */
  readonly value: unknown;
  /** Columns that are passed through, by name. */
  readonly kept: Readonly<Record<string, unknown>>;
  /** About as many bytes as the row takes in a request. */
  readonly sizeBytes: number;
  /** Set where the row could not be read. */
  readonly problem?: InputProblem;
}

/** What was named cannot be read at all: a sentence about where, what was expected and what to do. */
export class InputError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InputError';
  }
}
