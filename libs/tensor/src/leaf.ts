import { createData } from './create-data.ts';
import type { WritableDataByDtype } from './create-data.ts';
import { describeValue } from './describe-value.ts';
import { dtypes } from './dtype.ts';
import type { Dtype } from './dtype.ts';
import { numberToFloat16 } from './float16.ts';

/** Where the elements of an innermost array go: `data` from `offset` on. */
export interface LeafTarget<Data = WritableDataByDtype[Dtype]> {
  readonly dtype: Dtype;
  readonly data: Data;
  readonly offset: number;
}

/**
 * Writes elements from index `from` on into the target, up to the first that the dtype cannot hold; returns its index,
 * or `values.length` where all fit. One pass, no closures: 150,000 floats are common.
 */
export function fillLeaf(target: LeafTarget, values: readonly unknown[], from = 0): number {
  switch (target.dtype) {
    case 'float32':
    case 'float64':
      return fillFloats(target as LeafTarget<Float32Array>, values, from);
    case 'float16':
      return fillFloat16(target as LeafTarget<Uint16Array>, values, from);
    case 'bool':
      return fillBooleans(target as LeafTarget<Uint8Array>, values, from);
    case 'string':
      return fillStrings(target as LeafTarget<string[]>, values, from);
    case 'int64':
    case 'uint64':
      return fillBigIntegers(target as LeafTarget<BigInt64Array>, values, from);
    default:
      return fillIntegers(target as LeafTarget<Int32Array>, values, from);
  }
}

/** What an element of the dtype must be, as in `integer from 0 to 255 (uint8)`. */
export function describeElement(dtype: Dtype): string {
  const { integerRange, isFloat } = dtypes[dtype];
  if (isFloat) return `finite number (${dtype})`;
  // Nobody reads a bound of 19 digits.
  if (dtype === 'int64') return 'whole number (int64)';
  if (dtype === 'uint64') return 'whole number of at least 0 (uint64)';
  if (integerRange !== null) return `integer from ${integerRange.min} to ${integerRange.max} (${dtype})`;
  return dtype === 'bool' ? 'true or false' : 'string';
}

/** What is wrong with one element; `null` where the dtype can hold it. */
export function explainElement(dtype: Dtype, value: unknown): { expected: string; got: string; hint?: string } | null {
  if (fillLeaf({ dtype, data: createData(dtype, 1), offset: 0 }, [value]) === 1) return null;
  const hint = hintFor(dtype, value);
  return { expected: describeElement(dtype), got: describeValue(value), ...(hint !== null && { hint }) };
}

function hintFor(dtype: Dtype, value: unknown): string | null {
  if (typeof value === 'number' && Number.isInteger(value) && dtype.endsWith('int64') && !Number.isSafeInteger(value)) {
    return 'JSON numbers keep integers only up to 9007199254740991 (2^53 − 1); beyond, digits were already lost.';
  }
  if (typeof value === 'number' && Number.isFinite(value) && dtypes[dtype].isFloat) {
    return `The number is beyond the range of ${dtype}.`;
  }
  if (typeof value !== 'string' || dtype !== 'string') return null;
  return value.includes('\0')
    ? 'The string has a NUL character, where the model would cut it.'
    : 'The string has half a surrogate pair, which UTF-8 cannot carry.';
}

function fillFloats({ data, offset }: LeafTarget<Float32Array>, values: readonly unknown[], from: number): number {
  for (let index = from; index < values.length; index++) {
    const value = values[index];
    if (typeof value !== 'number') return index;
    data[offset + index] = value;
    // Read back: a finite number over the float32 range has become Infinity.
    if (!Number.isFinite(data[offset + index])) return index;
  }
  return values.length;
}

function fillFloat16({ data, offset }: LeafTarget<Uint16Array>, values: readonly unknown[], from: number): number {
  for (let index = from; index < values.length; index++) {
    const value = values[index];
    if (typeof value !== 'number') return index;
    const bits = numberToFloat16(value);
    if ((bits & 0x7fff) >= 0x7c00) return index;
    data[offset + index] = bits;
  }
  return values.length;
}

function fillIntegers(target: LeafTarget<Int32Array>, values: readonly unknown[], from: number): number {
  const { min, max } = dtypes[target.dtype].integerRange ?? { min: 0, max: 0 };
  for (let index = from; index < values.length; index++) {
    const value = values[index];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) return index;
    target.data[target.offset + index] = value;
  }
  return values.length;
}

/** A bigint, which a lossless parser may give, may use the whole range. */
function fillBigIntegers(target: LeafTarget<BigInt64Array>, values: readonly unknown[], from: number): number {
  const { min, max } = dtypes[target.dtype].integerRange ?? { min: 0, max: 0 };
  for (let index = from; index < values.length; index++) {
    const value = values[index];
    if (typeof value === 'number' ? !Number.isSafeInteger(value) : typeof value !== 'bigint') return index;
    const integer = BigInt(value as number | bigint);
    if (integer < min || integer > max) return index;
    target.data[target.offset + index] = integer;
  }
  return values.length;
}

function fillBooleans({ data, offset }: LeafTarget<Uint8Array>, values: readonly unknown[], from: number): number {
  for (let index = from; index < values.length; index++) {
    const value = values[index];
    if (typeof value !== 'boolean') return index;
    data[offset + index] = value ? 1 : 0;
  }
  return values.length;
}

function fillStrings({ data, offset }: LeafTarget<string[]>, values: readonly unknown[], from: number): number {
  for (let index = from; index < values.length; index++) {
    const value = values[index];
    if (typeof value !== 'string' || value.includes('\0') || !value.isWellFormed()) return index;
    data[offset + index] = value;
  }
  return values.length;
}
