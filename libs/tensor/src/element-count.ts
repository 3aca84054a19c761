import { TensorError } from './tensor-error.ts';

/** Product of the sizes, 1 for `[]`; `null` where a size is negative or fractional, or the product is no safe integer. */
export function countElements(shape: readonly unknown[]): number | null {
  let count = 1;
  let isEmpty = false;
  for (const size of shape) {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return null;
    if (size === 0) isEmpty = true;
    else count *= size;
    // Checked at every factor: a product that has left the safe range may come back to an integer.
    if (!isEmpty && !Number.isSafeInteger(count)) return null;
  }
  return isEmpty ? 0 : count;
}

/** Product of the sizes, 1 for `[]`. Throws `INVALID_SHAPE` where `countElements` gives `null`. */
export function elementCount(shape: readonly number[]): number {
  const count = countElements(shape);
  if (count !== null) return count;
  const text = shape.map(String).join(', ');
  throw new TensorError(
    'INVALID_SHAPE',
    `Shape [${text}]: expected non-negative integers whose product is at most ${Number.MAX_SAFE_INTEGER}.`,
  );
}
