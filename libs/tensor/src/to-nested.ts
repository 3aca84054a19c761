import { float16ToNumber } from './float16.ts';
import { TensorError } from './tensor-error.ts';
import type { Tensor } from './tensor.ts';

export type Scalar = null | boolean | number | bigint | string;

/** A scalar for shape `[]`, else arrays as deep as the shape is long. */
export type Nested = Scalar | readonly Nested[];

export interface ToNestedOptions {
  /** What a 64-bit integer outside ±(2^53 − 1) becomes; `JSON.stringify` refuses a bigint. Default `bigint`. */
  readonly unsafeInteger?: 'bigint' | 'string' | 'error';
  /** What NaN and the infinities become; JSON has none of them. Default `null`. */
  readonly nonFinite?: 'null' | 'keep' | 'error';
}

/** A tensor as JSON carries it: bool → boolean, 64-bit integers → number where that is exact, float16 → number. */
export function toNested(tensor: Tensor, options: ToNestedOptions = {}): Nested {
  const values = scalars(tensor, options);
  let level: readonly Nested[] = values;
  // From the innermost dimension outwards: values in groups of the last size, these in groups of the one before it …
  for (let axis = tensor.shape.length - 1; axis >= 0; axis--) {
    const size = tensor.shape[axis] ?? 0;
    const groups = tensor.shape.slice(0, axis).reduce((product, outer) => product * outer, 1);
    const inner = level;
    level = Array.from({ length: groups }, (_, group) => inner.slice(group * size, (group + 1) * size));
  }
  return level[0] ?? null;
}

function scalars(tensor: Tensor, options: ToNestedOptions): readonly Scalar[] {
  switch (tensor.dtype) {
    case 'string':
      return tensor.data;
    case 'bool':
      return Array.from(tensor.data, (byte) => byte !== 0);
    case 'int64':
    case 'uint64':
      return Array.from(tensor.data as BigInt64Array, (value) => exactInteger(value, options));
    case 'float16':
      return finiteNumbers(Float32Array.from(tensor.data, float16ToNumber), options);
    case 'float32':
    case 'float64':
      return finiteNumbers(tensor.data, options);
    default:
      return Array.from(tensor.data);
  }
}

function exactInteger(value: bigint, { unsafeInteger = 'bigint' }: ToNestedOptions): Scalar {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  if (unsafeInteger === 'error') {
    throw new TensorError('NOT_REPRESENTABLE', `${value} has more digits than a JSON number keeps (±(2^53 − 1)).`);
  }
  return unsafeInteger === 'string' ? String(value) : value;
}

/** A plain loop: embeddings and pictures have 100,000 elements and more. */
function finiteNumbers(data: Float32Array | Float64Array, { nonFinite = 'null' }: ToNestedOptions): readonly Scalar[] {
  const values: Scalar[] = Array.from(data);
  if (nonFinite === 'keep') return values;
  for (let index = 0; index < data.length; index++) {
    const value = data[index]!;
    if (Number.isFinite(value)) continue;
    if (nonFinite === 'error') {
      throw new TensorError('NOT_REPRESENTABLE', `JSON has no ${value}: element ${index} of the tensor.`);
    }
    values[index] = null;
  }
  return values;
}
