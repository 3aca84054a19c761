import { createData } from './create-data.ts';
import { elementCount } from './element-count.ts';
import { TensorError } from './tensor-error.ts';
import { tensor } from './tensor.ts';
import type { Tensor } from './tensor.ts';

/** Tensors of one dtype, `[rows, ...shape]` each → `[all rows, ...shape]`; a copy, unless there is only one. Throws `STACK_MISMATCH`. */
export function concat(tensors: readonly Tensor[]): Tensor {
  const [first] = tensors;
  if (first === undefined) throw new TensorError('STACK_MISMATCH', 'Nothing to join: expected at least one tensor.');
  if (tensors.length === 1) return first;
  tensors.forEach((other, index) => requireSameRows(first, other, index));
  const shape = [tensors.reduce((rows, part) => rows + (part.shape[0] ?? 0), 0), ...first.shape.slice(1)];
  if (first.dtype === 'string') {
    return tensor(
      'string',
      shape,
      (tensors as readonly (typeof first)[]).flatMap(({ data }) => data),
    );
  }
  const data = createData(first.dtype, elementCount(shape));
  let offset = 0;
  for (const part of tensors) {
    // One dtype for all was checked above, so every `set` copies between arrays of one class.
    (data as Float32Array).set(part.data as Float32Array, offset);
    offset += part.data.length;
  }
  return tensor(first.dtype, shape, data);
}

/** Rows `from` up to but without `to` of `[rows, ...shape]`: a view of the same memory, strings a copy. Throws `INVALID_SHAPE` out of bounds. */
export function sliceRows(source: Tensor, from: number, to: number): Tensor {
  const [rows, ...shape] = source.shape;
  if (rows === undefined || from < 0 || to < from || to > rows) {
    throw new TensorError(
      'INVALID_SHAPE',
      `Rows ${from} to ${to} do not lie in ${source.dtype} [${source.shape.join(', ')}].`,
    );
  }
  const size = elementCount(shape);
  const data =
    source.dtype === 'string'
      ? source.data.slice(from * size, to * size)
      : source.data.subarray(from * size, to * size);
  return tensor(source.dtype, [to - from, ...shape], data);
}

function requireSameRows(first: Tensor, other: Tensor, index: number): void {
  const isSame =
    first.dtype === other.dtype &&
    first.shape.length > 0 &&
    first.shape.length === other.shape.length &&
    first.shape.every((size, axis) => axis === 0 || size === other.shape[axis]);
  if (isSame) return;
  const [expected, got] = [first, other].map(({ dtype, shape }) => `${dtype} [rows, ${shape.slice(1).join(', ')}]`);
  throw new TensorError('STACK_MISMATCH', `Tensor ${index} to join: expected ${expected} as the first, got ${got}.`);
}
