import type { Dim, TensorField } from '../server/model-description.ts';

/** More would only fill the page with text. */
const MOST_ELEMENTS = 20_000;

/** Whether a tensor's elements can be written down in a form. */
export function isSmall({ dims }: Pick<TensorField, 'dims'>): boolean {
  return dims.reduce<number>((size, dim) => size * (typeof dim === 'number' ? dim : 1), 1) <= MOST_ELEMENTS;
}

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
