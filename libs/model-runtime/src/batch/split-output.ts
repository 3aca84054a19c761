import { createData, elementCount, toNested, unstack } from '@web-single/tensor';
import type { OutputField } from '@web-single/signature';
import type { Tensor, Value } from '@web-single/tensor';

/** An output of a run of `rows` rows → one tensor per row, along `axis`, without that axis. Throws where the size differs. */
export const splitOutput = (output: Tensor, axis: number, rows: number): readonly Tensor[] => {
  if (output.shape[axis] !== rows) {
    throw new Error(`Expected ${rows} rows on axis ${axis}, got [${output.shape.join(', ')}].`);
  }
  return axis === 0 ? unstack(output) : Array.from({ length: rows }, (_, row) => takeRow(output, axis, row));
};

/** `[outer…, row, inner…]` → `[outer…, inner…]` of one row; a copy. */
const takeRow = ({ dtype, shape, data }: Tensor, axis: number, row: number): Tensor => {
  const inner = elementCount(shape.slice(axis + 1));
  const rowShape = shape.filter((_, index) => index !== axis);
  const taken = createData(dtype, elementCount(rowShape)) as unknown[];
  for (let index = 0; index < taken.length; index++) {
    const outer = Math.floor(index / inner);
    taken[index] = data[(outer * (shape[axis] ?? 0) + row) * inner + (index % inner)];
  }
  return { dtype, shape: rowShape, data: taken } as unknown as Tensor;
};

/**
 * A row's tensor as a value: one element is a scalar (int64 as a number where that is exact), unless the signature
 * declares an array there; NaN and infinities stay.
 */
export const valueOfOutput = (tensor: Tensor, field: OutputField | undefined): Value => {
  const declaredArray = field?.type === 'tensor' && field.dims.length > 0;
  if (elementCount(tensor.shape) !== 1 || declaredArray) return tensor;
  return toNested({ ...tensor, shape: [] } as Tensor, { nonFinite: 'keep' });
};

/** The answer of a model with a fixed batch of one: its first dim is dropped, unless the signature declares it. */
export const dropUnitBatch = (tensor: Tensor, field: OutputField | undefined): Tensor => {
  const declaredWhole = field?.type === 'tensor' && field.dims.length === tensor.shape.length;
  return tensor.shape[0] === 1 && !declaredWhole ? ({ ...tensor, shape: tensor.shape.slice(1) } as Tensor) : tensor;
};
