import { isTensor } from '@web-single/tensor';
import type { Row, Value } from '@web-single/tensor';
import { readNumbers } from '../../read-numbers.ts';
import { mismatch, replaceFields, requireValue } from '../../row-access.ts';

/** Changes the scores of one row of the last axis in place. */
type MapScores = (scores: Float64Array) => void;

/** Applies `map` to each row of the value's last axis, in float64. A tensor stays a tensor, an array an array. */
export function mapScores(row: Row, { field, as, map }: { field: string; as: string; map: MapScores }): Row {
  const expected = 'numbers (a tensor or an array)';
  const value = requireValue(row, field, expected);
  const numbers = readNumbers(value);
  if (numbers === undefined) throw mismatch(field, expected, value);
  const data = Float64Array.from(numbers);
  const width = isTensor(value) ? (value.shape.at(-1) ?? 1) : data.length;
  for (let start = 0; start < data.length; start += width) map(data.subarray(start, start + width));
  return replaceFields(row, [field], { [as]: asGiven(value, data) });
}

function asGiven(value: Value, data: Float64Array): Value {
  if (isTensor(value)) return { dtype: 'float64', shape: value.shape, data };
  return Array.isArray(value) ? [...data] : data[0]!;
}
