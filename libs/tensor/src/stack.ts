import { createData } from './create-data.ts';
import { elementCount } from './element-count.ts';
import { TensorError } from './tensor-error.ts';
import { tensor } from './tensor.ts';
import type { Tensor } from './tensor.ts';

/** Tensors of one dtype and shape → one of `[batch, ...shape]`; always a copy. Throws `STACK_MISMATCH`, also for an empty list. */
export function stack(tensors: readonly Tensor[]): Tensor {
  const [first] = tensors;
  if (first === undefined) throw new TensorError('STACK_MISMATCH', 'Nothing to stack: expected at least one tensor.');
  tensors.forEach((other, index) => requireSame(first, other, index));
  const shape = [tensors.length, ...first.shape];
  if (first.dtype === 'string')
    return tensor(
      'string',
      shape,
      (tensors as readonly (typeof first)[]).flatMap(({ data }) => data),
    );
  const data = createData(first.dtype, elementCount(shape));
  // One dtype for all was checked above, so every `set` copies between arrays of one class.
  tensors.forEach((part, index) => (data as Float32Array).set(part.data as Float32Array, index * first.data.length));
  return tensor(first.dtype, shape, data);
}

/** `[batch, ...shape]` → one tensor per row. Typed arrays are views of the same memory, strings a copy. Throws `INVALID_SHAPE` for a scalar. */
export function unstack(batch: Tensor): readonly Tensor[] {
  const [rows, ...shape] = batch.shape;
  if (rows === undefined)
    throw new TensorError('INVALID_SHAPE', `A scalar ${batch.dtype} has no first dimension to unstack.`);
  const size = elementCount(shape);
  const { dtype, data } = batch;
  const parts = new Array<Tensor>(rows);
  for (let row = 0, from = 0; row < rows; row++, from += size) {
    const part = dtype === 'string' ? data.slice(from, from + size) : data.subarray(from, from + size);
    parts[row] = { dtype, shape, data: part } as Tensor;
  }
  return parts;
}

function requireSame(first: Tensor, other: Tensor, index: number): void {
  const isSame =
    first.dtype === other.dtype &&
    first.shape.length === other.shape.length &&
    first.shape.every((size, axis) => size === other.shape[axis]);
  if (isSame) return;
  const [expected, got] = [first, other].map(({ dtype, shape }) => `${dtype} [${shape.join(', ')}]`);
  throw new TensorError(
    'STACK_MISMATCH',
    `Tensor ${index} of the stack: expected ${expected} as the first, got ${got}.`,
  );
}
