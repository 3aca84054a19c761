import { float16ToNumber, isTensor } from '@web-single/tensor';
import type { Tensor, Value } from '@web-single/tensor';

/**
 * Numbers of a scalar, an array of numbers or a numeric tensor, in memory order; a float16's bits are converted.
 * Undefined where there is anything else among them. Integers beyond 2^53 are rounded.
 */
export function readNumbers(value: Value): (ArrayLike<number> & Iterable<number>) | undefined {
  if (typeof value === 'number') return [value];
  if (typeof value === 'bigint') return [Number(value)];
  if (Array.isArray(value)) return value.every((item) => typeof item === 'number') ? (value as number[]) : undefined;
  return isTensor(value) ? tensorNumbers(value) : undefined;
}

function tensorNumbers(tensor: Tensor): (ArrayLike<number> & Iterable<number>) | undefined {
  switch (tensor.dtype) {
    case 'string':
      return undefined;
    case 'int64':
    case 'uint64':
      return Float64Array.from(tensor.data as unknown as ArrayLike<bigint>, Number);
    case 'float16':
      return Float64Array.from(tensor.data, float16ToNumber);
    default:
      return tensor.data;
  }
}
