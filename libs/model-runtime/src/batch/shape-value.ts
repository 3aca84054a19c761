import { createData, describeSpec, describeValue, fromNested, isTensor, numberToFloat16 } from '@web-single/tensor';
import type { Dim, Dtype, NestedProblem, RowProblem, Tensor, TensorSpec, Value } from '@web-single/tensor';
import { castTensor } from './cast-tensor.ts';

export type ValueProblem = Omit<RowProblem, 'row'>;

/**
 * One row's value → its share of a session input: `spec.dims` are those of one row, without the batch. Takes a tensor, a
 * nested array, or a scalar where one element is wanted; `null` (and a step's NaN) is NaN for floats. Leading dims of size 1 may be left out
 * or be too many. Nothing else is coerced.
 */
export const shapeValue = (value: Value | undefined, spec: TensorSpec): Tensor | ValueProblem => {
  if (isTensor(value)) return shapeTensor(value, spec);
  if (Array.isArray(value)) return shapeNested(value as readonly Value[], spec);
  if (!spec.dims.every(mayBeOne)) return mismatch(spec, value);
  if (isFloat(spec.dtype) && (value === null || Number.isNaN(value))) return missingNumber(spec);
  const result = fromNested(value, spec.dtype, []);
  if (!('tensor' in result)) return nestedProblem(spec, result.problems);
  return withShape(
    result.tensor,
    spec.dims.map(() => 1),
  );
};

const shapeTensor = (tensor: Tensor, spec: TensorSpec): Tensor | ValueProblem => {
  const cast = castTensor(tensor, spec.dtype);
  const shape = fitShape(tensor.shape, spec.dims);
  return cast && shape ? withShape(cast, shape) : mismatch(spec, tensor);
};

const shapeNested = (value: readonly Value[], spec: TensorSpec): Tensor | ValueProblem => {
  const spare = spec.dims.length - depthOf(value);
  const dims = spare > 0 && spec.dims.slice(0, spare).every(mayBeOne) ? spec.dims.slice(spare) : spec.dims;
  const result = fromNested(value, spec.dtype, dims);
  if (!('tensor' in result)) return nestedProblem(spec, result.problems);
  const shape = fitShape(result.tensor.shape, spec.dims);
  return shape ? withShape(result.tensor, shape) : mismatch(spec, value);
};

const mayBeOne = (dim: Dim): boolean => typeof dim !== 'number' || dim === 1;

const isFloat = (dtype: Dtype): boolean => dtype.startsWith('float');

const depthOf = (value: unknown): number => (Array.isArray(value) ? 1 + depthOf(value[0]) : 0);

/** The shape with leading ones added or dropped until its rank fits `dims`; `undefined` where it cannot fit. */
const fitShape = (shape: readonly number[], dims: readonly Dim[]): readonly number[] | undefined => {
  const surplus = shape.length - dims.length;
  if (surplus > 0 && !shape.slice(0, surplus).every((size) => size === 1)) return undefined;
  const fitted = surplus > 0 ? shape.slice(surplus) : [...new Array<number>(-surplus).fill(1), ...shape];
  return fitted.every((size, axis) => typeof dims[axis] !== 'number' || dims[axis] === size) ? fitted : undefined;
};

const withShape = (tensor: Tensor, shape: readonly number[]): Tensor => ({ ...tensor, shape }) as Tensor;

const missingNumber = ({ dtype, dims }: TensorSpec): Tensor => {
  const data = createData(dtype, 1) as Float32Array | Uint16Array;
  data[0] = dtype === 'float16' ? numberToFloat16(NaN) : NaN;
  return { dtype, shape: dims.map(() => 1), data } as Tensor;
};

const mismatch = (spec: TensorSpec, value: Value | undefined): ValueProblem => ({
  field: spec.name,
  expected: describeSpec(spec),
  got: describeValue(value),
  ...hintFor(spec, value),
});

const hintFor = ({ name }: TensorSpec, value: Value | undefined): { hint?: string } => {
  if (value === undefined) return { hint: `No field of the row and no step gives the session input "${name}".` };
  return {};
};

const nestedProblem = (spec: TensorSpec, problems: readonly NestedProblem[]): ValueProblem => {
  const [problem] = problems;
  if (!problem) return mismatch(spec, undefined);
  const { path, ...rest } = problem;
  return { field: `${spec.name}${path}`, ...rest };
};
