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

/** The values of an output `[rows, …]`, one per row, as `valueOfOutput` of its split would give them. */
export const leadingValues = (output: Tensor, rows: number, field: OutputField | undefined): readonly Value[] => {
  const { dtype, shape, data } = output;
  const isScalar = data.length === rows && shape[0] === rows && !isDeclaredArray(field);
  if (isScalar && (dtype === 'string' || dtype === 'float32' || dtype === 'float64'))
    return [...(data as Iterable<string | number>)];
  return splitOutput(output, 0, rows).map((tensor) => valueOfOutput(tensor, field));
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
  if (elementCount(tensor.shape) !== 1 || isDeclaredArray(field)) return tensor;
  return toNested({ ...tensor, shape: [] } as Tensor, { nonFinite: 'keep' });
};

const isDeclaredArray = (field: OutputField | undefined): boolean => field?.type === 'tensor' && field.dims.length > 0;

/** The answer of a model with a fixed batch of one: its first dim is dropped, unless the signature declares it. */
export const dropUnitBatch = (tensor: Tensor, field: OutputField | undefined): Tensor => {
  const declaredWhole = field?.type === 'tensor' && field.dims.length === tensor.shape.length;
  return tensor.shape[0] === 1 && !declaredWhole ? ({ ...tensor, shape: tensor.shape.slice(1) } as Tensor) : tensor;
};
