import { isTensor } from '@web-single/tensor';
import type { Row } from '@web-single/tensor';
import { readNumbers } from '../../read-numbers.ts';
import { mismatch, requireValue } from '../../row-access.ts';

/** A score per class, float64 [count], from a tensor [count] or [1, count] or an array. Throws a rejection otherwise. */
export function readScores(row: Row, field: string, count: number): Float64Array {
  const expected = `${count} scores, one per label`;
  const value = requireValue(row, field, expected);
  const numbers = readNumbers(value);
  const isFlat = !isTensor(value) || value.shape.slice(0, -1).every((size) => size === 1);
  if (numbers === undefined || numbers.length !== count || !isFlat) throw mismatch(field, expected, value);
  const scores = Float64Array.from(numbers);
  if (scores.some(Number.isNaN)) throw mismatch(field, expected, NaN, 'The model gave no number for this row.');
  return scores;
}
