import type { Row, Tensor, Value } from '@web-single/tensor';
import { readNumbers } from '../../read-numbers.ts';
import { mismatch, requireValue } from '../../row-access.ts';

/** A score per class, [count], owned by the row, from a tensor [count] or [1, count] or an array. Throws a rejection otherwise. */
export function readScores(row: Row, field: string, count: number): ArrayLike<number> {
  const expected = `${count} scores, one per label`;
  const value = requireValue(row, field, expected);
  const numbers = readNumbers(value);
  if (numbers === undefined || numbers.length !== count || !isFlat(value)) throw mismatch(field, expected, value);
  for (let index = 0; index < count; index++)
    if (Number.isNaN(numbers[index])) throw mismatch(field, expected, NaN, 'The model gave no number for this row.');
  return numbers;
}

/** True of a list of numbers, and of what `readNumbers` takes for a tensor if only its last dim is more than 1. */
function isFlat(value: Value): boolean {
  const { shape } = value as Partial<Tensor>;
  if (shape === undefined || shape.length === 1) return true;
  return shape.slice(0, -1).every((size) => size === 1);
}
