import { describeValue, nearestName } from '@web-single/tensor';
import type { Row, Value } from '@web-single/tensor';
import { RowRejection } from './step.ts';

/** The row's own value, null where it has none; never something inherited, as `constructor`. */
export function valueAt(row: Row, field: string): Value {
  return Object.hasOwn(row, field) ? (row[field] ?? null) : null;
}

/** The row's own value. Throws a rejection that names what the row has instead. */
export function requireValue(row: Row, field: string, expected: string): Value {
  if (Object.hasOwn(row, field) && row[field] !== undefined) return row[field]!;
  const meant = nearestName(field, Object.keys(row));
  throw new RowRejection({
    field,
    expected,
    got: 'nothing',
    hint: meant === undefined ? `The row has ${listNames(row)}.` : `Did you mean "${meant}"?`,
  });
}

/** The row without `taken`, with `results` behind the rest. Both rows share the values. */
export function replaceFields(row: Row, taken: readonly string[], results: Row): Row {
  if (Object.keys(row).every((name) => taken.includes(name))) return results;
  const kept = Object.entries(row).filter(([name]) => !taken.includes(name) && !Object.hasOwn(results, name));
  return Object.fromEntries([...kept, ...Object.entries(results)]);
}

/** A rejection that says what came instead of what was expected. */
export function mismatch(field: string, expected: string, got: unknown, hint?: string): RowRejection {
  return new RowRejection({ field, expected, got: describeValue(got), ...(hint === undefined ? {} : { hint }) });
}

function listNames(row: Row): string {
  const names = Object.keys(row);
  return names.length === 0 ? 'no values' : names.map((name) => `"${name}"`).join(', ');
}
