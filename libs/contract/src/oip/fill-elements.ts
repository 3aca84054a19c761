import { dtypes } from '@web-single/tensor';
import type { Dtype, WritableDataByDtype } from '@web-single/tensor';
import { datatypeOf } from './datatype.ts';

/** Where elements go: `elements` from `offset` on. */
export interface ElementTarget {
  readonly dtype: Exclude<Dtype, 'float16'>;
  readonly elements: WritableDataByDtype[Dtype];
  offset: number;
}

/**
 * Writes values of JSON into the target, up to the first that the datatype cannot hold exactly; returns its index, or
 * `values.length`. One pass, no closures: 150,000 numbers are common. Null is NaN, in floats only.
 */
export function fillElements({ dtype, elements, offset }: ElementTarget, values: readonly unknown[]): number {
  switch (dtype) {
    case 'float32':
    case 'float64':
      return fillFloats(elements as Float32Array, offset, values);
    case 'bool':
      return fillBooleans(elements as Uint8Array, offset, values);
    case 'string':
      return fillStrings(elements as string[], offset, values);
    case 'int64':
    case 'uint64':
      return fillBigIntegers(elements as BigInt64Array, { offset, dtype }, values);
    default:
      return fillIntegers(elements as Int32Array, { offset, dtype }, values);
  }
}

/** What an element must be: `an integer from 0 to 255 (UINT8)`. */
export function describeJsonElement(dtype: Dtype): string {
  const { integerRange, isFloat } = dtypes[dtype];
  const datatype = datatypeOf(dtype);
  if (isFloat) return `a number that fits ${datatype}, or null for NaN`;
  if (dtype === 'int64') return `a whole number (${datatype})`;
  if (dtype === 'uint64') return `a whole number of at least 0 (${datatype})`;
  if (integerRange !== null) return `an integer from ${integerRange.min} to ${integerRange.max} (${datatype})`;
  return dtype === 'bool' ? 'true or false' : 'a string of whole characters';
}

function fillFloats(elements: Float32Array, offset: number, values: readonly unknown[]): number {
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (typeof value === 'number' || typeof value === 'bigint') {
      elements[offset + index] = Number(value);
      // Read back: a finite number beyond the range of float32 has become Infinity.
      if (!Number.isFinite(elements[offset + index])) return index;
    } else if (value === null) elements[offset + index] = NaN;
    else return index;
  }
  return values.length;
}

function fillBooleans(elements: Uint8Array, offset: number, values: readonly unknown[]): number {
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (typeof value !== 'boolean') return index;
    elements[offset + index] = value ? 1 : 0;
  }
  return values.length;
}

/** Half a surrogate pair has no UTF-8. */
function fillStrings(elements: string[], offset: number, values: readonly unknown[]): number {
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (typeof value !== 'string' || !value.isWellFormed()) return index;
    elements[offset + index] = value;
  }
  return values.length;
}

interface IntegerPlace {
  readonly dtype: Dtype;
  readonly offset: number;
}

function fillIntegers(elements: Int32Array, { dtype, offset }: IntegerPlace, values: readonly unknown[]): number {
  const { min, max } = dtypes[dtype].integerRange ?? { min: 0, max: 0 };
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) return index;
    elements[offset + index] = value;
  }
  return values.length;
}

/** A number beyond ±(2^53 − 1) has lost digits: only a bigint is exact there. */
function fillBigIntegers(elements: BigInt64Array, { dtype, offset }: IntegerPlace, values: readonly unknown[]): number {
  const { min, max } = dtypes[dtype].integerRange ?? { min: 0, max: 0 };
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (typeof value === 'number' ? !Number.isSafeInteger(value) : typeof value !== 'bigint') return index;
    const integer = BigInt(value as number | bigint);
    if (integer < min || integer > max) return index;
    elements[offset + index] = integer;
  }
  return values.length;
}
