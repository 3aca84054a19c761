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
      ? fillFloats(data as Float32Array, rows, name)
      : fillLeaf(
          { dtype, data, offset: 0 },
          rows.map((row) => row[name]),
        ) === rows.length;
  return isFilled
    ? ({ dtype, shape: dims.map((_, axis) => (axis === 0 ? rows.length : 1)), data } as Tensor)
    : undefined;
};

/** `null` and a step's NaN are NaN. */
const fillFloats = (data: Float32Array, rows: readonly Row[], name: string): boolean => {
  for (let index = 0; index < rows.length; index++) {
    const value: Value | undefined = rows[index]![name];
    if (typeof value !== 'number' && value !== null) return false;
    data[index] = value ?? NaN;
    // Read back: a finite number over the float32 range has become Infinity.
    if (!Number.isFinite(data[index]) && !Number.isNaN(value ?? NaN)) return false;
  }
  return true;
};
