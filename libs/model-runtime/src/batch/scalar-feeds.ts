import { createData, fillLeaf } from '@web-single/tensor';
import type { Row, Tensor, TensorSpec, Value } from '@web-single/tensor';
import type { Tensors } from '../session/session.ts';

/**
 * Rows whose share of every session input is one scalar → feeds `[rows, 1, …]`, as `rowTensors` and `feedsOf` would make
 * them, without a tensor per row and input. Undefined where a value is no plain scalar of its input: they say why.
 */
export const scalarFeeds = (rows: readonly Row[], sessionInputs: readonly TensorSpec[]): Tensors | undefined => {
  const feeds: Record<string, Tensor> = {};
  for (const spec of sessionInputs) {
    const column = columnOf(rows, spec);
    if (!column) return undefined;
    feeds[spec.name] = column;
  }
  return feeds;
};

/** True where a row's share of every input may be one scalar. */
export const takesScalars = (sessionInputs: readonly TensorSpec[]): boolean =>
  sessionInputs.every(
    ({ name, dims }) =>
      !(name in Object.prototype) && dims.slice(1).every((dim) => typeof dim !== 'number' || dim === 1),
  );

const columnOf = (rows: readonly Row[], { name, dtype, dims }: TensorSpec): Tensor | undefined => {
  const data = createData(dtype, rows.length);
  const isFilled =
    dtype === 'float32' || dtype === 'float64'
      ? fillFloats(data as Float32Array, rows, name, { start: 0, stride: 1 })
      : fillLeaf(
          { dtype, data, offset: 0 },
          rows.map((row) => row[name]),
        ) === rows.length;
  return isFilled
    ? ({ dtype, shape: dims.map((_, axis) => (axis === 0 ? rows.length : 1)), data } as Tensor)
    : undefined;
};

/** Where a column lies in memory that it shares with others. */
export interface ColumnPlace {
  readonly start: number;
  readonly stride: number;
}

/** Writes a field of all rows; `null` and a step's NaN are NaN. False where a value is no number, or none that fits. */
export const fillFloats = (
  data: Float32Array | Float64Array,
  rows: readonly Row[],
  name: string,
  { start, stride }: ColumnPlace,
): boolean => {
  for (let index = 0, at = start; index < rows.length; index++, at += stride) {
    const value: Value | undefined = rows[index]![name];
    if (typeof value !== 'number' && value !== null) return false;
    data[at] = value ?? NaN;
    // Read back: a finite number over the float32 range has become Infinity.
    if (!Number.isFinite(data[at]) && !Number.isNaN(value ?? NaN)) return false;
  }
  return true;
};
