/** What holds the elements of a datatype of the Open Inference Protocol. */
export interface DatatypeArrays {
  /** 0 or 1. */
  readonly BOOL: Uint8Array;
  /** 0 to 255. */
  readonly UINT8: Uint8Array;
  /** 0 to 65 535. */
  readonly UINT16: Uint16Array;
  /** 0 to 2^32 − 1. */
  readonly UINT32: Uint32Array;
  /** 0 to 2^64 − 1, exact. */
  readonly UINT64: BigUint64Array;
  /** −128 to 127. */
  readonly INT8: Int8Array;
  /** −32 768 to 32 767. */
  readonly INT16: Int16Array;
  /** −2^31 to 2^31 − 1. */
  readonly INT32: Int32Array;
  /** −2^63 to 2^63 − 1, exact. */
  readonly INT64: BigInt64Array;
  /** The bits of each number; `new Float16Array(data.buffer, data.byteOffset, data.length)` reads them where there is one. */
  readonly FP16: Uint16Array;
  /** The bits of each number: the upper half of an FP32. */
  readonly BF16: Uint16Array;
  /** Single precision. */
  readonly FP32: Float32Array;
  /** Double precision. */
  readonly FP64: Float64Array;
  /** One per element; `new TextDecoder().decode(element)` where they are text. */
  readonly BYTES: readonly Uint8Array[];
}

/** A datatype of the Open Inference Protocol. */
export type Datatype = keyof DatatypeArrays;

/** Datatypes whose elements all have one size; of those with one array, first the one it stands for by itself. */
export const ARRAYS = {
  UINT8: Uint8Array,
  BOOL: Uint8Array,
  UINT16: Uint16Array,
  UINT32: Uint32Array,
  UINT64: BigUint64Array,
  INT8: Int8Array,
  INT16: Int16Array,
  INT32: Int32Array,
  INT64: BigInt64Array,
  FP16: Uint16Array,
  BF16: Uint16Array,
  FP32: Float32Array,
  FP64: Float64Array,
};

export type FixedDatatype = keyof typeof ARRAYS;

export function isDatatype(value: unknown): value is Datatype {
  return value === 'BYTES' || (typeof value === 'string' && Object.hasOwn(ARRAYS, value));
}

/** Product of the dims, or NaN where it is no shape. Beyond 2^53 it is not exact, and larger than any data. */
export function countElements(shape: unknown): number {
  if (!Array.isArray(shape)) return NaN;
  return shape.reduce<number>((count, dim: number) => (Number.isSafeInteger(dim) && dim >= 0 ? count * dim : NaN), 1);
}
