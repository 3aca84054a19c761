import { dtypes, isDtype } from './dtype.ts';
import { countElements } from './element-count.ts';
import type { Tensor } from './tensor.ts';

/**
 * True where dtype, shape and data belong together. JSON can spell a string tensor but no other: typed arrays cannot
 * come out of a parser.
 */
export function isTensor(value: unknown): value is Tensor {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { dtype, shape, data } = value as Partial<Record<keyof Tensor, unknown>>;
  if (!isDtype(dtype) || !Array.isArray(shape) || !(data instanceof dtypes[dtype].arrayType)) return false;
  return data.length === countElements(shape);
}
