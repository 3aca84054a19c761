import { nearestName, quoteText } from '@web-single/tensor';
import type { Row } from '@web-single/tensor';
import { mismatch, requireValue } from '../../row-access.ts';

export type Category = string | number | boolean;

/** Finds a row's category among `values`, in their own type. The function throws a rejection for any other value. */
export function categoryIndex(field: string, values: readonly Category[]): (row: Row) => number {
  const indexByValue = new Map<unknown, number>(values.map((value, index) => [value, index]));
  const expected = `one of ${listValues(values)}`;
  return (row) => {
    const value = requireValue(row, field, expected);
    const index = indexByValue.get(typeof value === 'bigint' ? Number(value) : value);
    if (index !== undefined) return index;
    if (value === null)
      throw mismatch(field, expected, value, 'A step "fill-missing" before this one can replace null.');
    const names = values.filter((candidate) => typeof candidate === 'string');
    const meant = typeof value === 'string' ? nearestName(value, names) : undefined;
    throw mismatch(field, expected, value, meant === undefined ? undefined : `Did you mean ${quoteText(meant)}?`);
  };
}

/** The first ten, as JSON. */
export function listValues(values: readonly Category[]): string {
  const shown = values.slice(0, 10).map((value) => (typeof value === 'string' ? quoteText(value) : String(value)));
  return values.length > 10 ? `${shown.join(', ')} and ${values.length - 10} more` : shown.join(', ');
}
