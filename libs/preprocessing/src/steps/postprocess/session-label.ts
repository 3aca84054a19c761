import { describeValue, isTensor } from '@web-single/tensor';
import type { Row, Value } from '@web-single/tensor';
import { mismatch, requireValue } from '../../row-access.ts';
import { listValues } from '../tabular/category-index.ts';
import type { Category } from '../tabular/category-index.ts';

/** Index of the label that the session itself chose. The function throws a rejection where it is none of them. */
export function sessionLabel(field: string, labels: readonly Category[]): (row: Row) => number {
  const expected = `one of the labels ${listValues(labels)}`;
  return (row) => {
    const value = requireValue(row, field, expected);
    const chosen = onlyElement(value);
    const index = labels.findIndex((candidate) => isSameClass(candidate, chosen));
    if (index !== -1) return index;
    throw mismatch(
      field,
      expected,
      chosen ?? value,
      `Without "label" in step "classify" the highest score chooses; the session's own is ${describeValue(chosen ?? value)}.`,
    );
  };
}

/** A scalar, or the only element of a tensor or array; a bool tensor's 0 or 1 stays a number here. */
function onlyElement(value: Value): Value | undefined {
  if (isTensor(value)) return value.data.length === 1 ? value.data[0] : undefined;
  return Array.isArray(value) ? (value.length === 1 ? value[0] : undefined) : value;
}

/** int64 arrives as bigint; boolean classes are exported as the integers 0 and 1. */
function isSameClass(label: Category, chosen: Value | undefined): boolean {
  if (typeof label === 'string' || typeof chosen === 'string') return label === chosen;
  if (typeof chosen !== 'number' && typeof chosen !== 'bigint' && typeof chosen !== 'boolean') return false;
  return Number(label) === Number(chosen);
}
