import { Decimal } from './decimal.ts';
import { skipSpace } from './json-tokens.ts';

/** Some hundred microseconds. */
const RUN_LENGTH = 16_384;
const COMMA = 44;

/**
 * Adds the numbers from `start` on to an array, at most some thousand, each followed by a comma. Returns the place of the last one's
 * comma, `start` where there was no number. Ends before whatever is not such a number, or is an integer that a double may not hold:
 * reading that one by one says what it is. Leaves no garbage.
 */
export function readNumbers(text: string, start: number, array: unknown[]): number {
  const decimal = new Decimal(text);
  let comma = start;
  for (let at = start; at < start + RUN_LENGTH; at = comma + 1) {
    const value = decimal.read(skipSpace(text, at));
    if (value === undefined) break;
    const end = skipSpace(text, decimal.end);
    if (text.charCodeAt(end) !== COMMA) break;
    array.push(value);
    comma = end;
  }
  return comma;
}
