import { skipSpace } from './json-tokens.ts';

/** Characters: some hundred microseconds of the native parser. */
const MOST_LENGTH = 16_384;
/** Less is not worth a call of it. */
const LEAST_LENGTH = 256;
const MINUS = 45;

const SOME_NUMBERS = [0.5];

/**
 * An empty array for numbers. Of a literal V8 learns what its arrays come to hold: of the reader's, which hold anything, each number would be
 * an object of its own. The copy of an array is as its model.
 */
export function newNumbers(): unknown[] {
  return SOME_NUMBERS.slice(0, 0);
}

/**
 * Takes numbers out of the arrays of a JSON text by the native parser, a run at a time. A stretch of
 * text that proves to hold anything else is left, so that none is parsed in vain twice.
 */
export class NumberRuns {
  readonly #text: string;
  readonly #exactIntegers: boolean;
  /** The first closing bracket behind where a run was looked for last: no run goes beyond it. */
  #close = -1;
  #leftUntil = 0;

  /** `exactIntegers`: leaves integers that a double may not hold. */
  constructor(text: string, exactIntegers: boolean) {
    this.#text = text;
    this.#exactIntegers = exactIntegers;
  }

  /** Adds the numbers from `start` on to an array, each followed by a comma. Returns the place of the last one's comma, `start` where none was taken. */
  take(start: number, array: unknown[]): number {
    const end = this.#endOfRun(start);
    if (end === start) return start;
    const values = this.#parse(this.#text.slice(start, end));
    if (values === undefined) {
      this.#leftUntil = end;
      return start;
    }
    for (const value of values) array.push(value);
    return end;
  }

  /** At the last comma that a run from `start` on may reach; `start` where there is none to be tried. */
  #endOfRun(start: number): number {
    const text = this.#text;
    const first = skipSpace(text, start, start + LEAST_LENGTH);
    if (start < this.#leftUntil || !mayBeNumber(text.charCodeAt(first))) return start;
    if (this.#close < start) this.#close = indexOrEnd(text, ']', start);
    const mostEnd = Math.min(this.#close, start + MOST_LENGTH);
    return mostEnd - start < LEAST_LENGTH ? start : Math.max(start, text.lastIndexOf(',', mostEnd));
  }

  /** Undefined where the text is not numbers with commas between them. */
  #parse(run: string): readonly number[] | undefined {
    let values: unknown[];
    try {
      values = JSON.parse(`[${run}]`) as unknown[];
    } catch {
      return undefined;
    }
    const largest = this.#exactIntegers ? Number.MAX_SAFE_INTEGER : Infinity;
    return areNumbers(values, largest) ? values : undefined;
  }
}

/** Whether a number may begin with it. */
export function mayBeNumber(char: number): boolean {
  return char === MINUS || (char >= 48 && char <= 57);
}

function indexOrEnd(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from);
  return index === -1 ? text.length : index;
}

/** Larger ones may be integers with other digits in the text. */
function areNumbers(values: readonly unknown[], largest: number): values is readonly number[] {
  for (const value of values) if (typeof value !== 'number' || Math.abs(value) > largest) return false;
  return true;
}
