import type { Dim, TensorField } from '../server/model-description.ts';

/** A nested array of zeros, of any length where the dimension is not fixed: 1. */
export function zerosOf({ dims, dtype }: Pick<TensorField, 'dims' | 'dtype'>): unknown {
  return nest(dims, () => (dtype === 'string' ? '' : dtype === 'bool' ? false : 0));
}

export function nest(dims: readonly Dim[], element: () => unknown): unknown {
  const [first, ...rest] = dims;
  if (first === undefined) return element();
  const length = typeof first === 'number' ? first : 1;
  return Array.from({ length }, () => nest(rest, element));
}
