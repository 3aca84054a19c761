import { isTensor } from '@web-single/tensor';
import type { Row } from '@web-single/tensor';
import { readNumbers } from '../../read-numbers.ts';
import { mismatch, requireValue } from '../../row-access.ts';

/** A score per class, [count], owned by the row, from a tensor [count] or [1, count] or an array. Throws a rejection otherwise. */
export function readScores(row: Row, field: string, count: number): ArrayLike<number> {
  const expected = `${count} scores, one per label`;
  const value = requireValue(row, field, expected);
  const numbers = readNumbers(value);
  const isFlat = !isTensor(value) || value.shape.slice(0, -1).every((size) => size === 1);
  if (numbers === undefined || numbers.length !== count || !isFlat) throw mismatch(field, expected, value);
  for (let index = 0; index < count; index++)
    if (Number.isNaN(numbers[index])) throw mismatch(field, expected, NaN, 'The model gave no number for this row.');
  return numbers;
}
