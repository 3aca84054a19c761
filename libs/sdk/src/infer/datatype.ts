/** What holds the elements of a datatype of the Open Inference Protocol. */
export interface DatatypeArrays {
  /** 0 or 1. */
  readonly BOOL: Uint8Array;
  readonly UINT8: Uint8Array;
  readonly UINT16: Uint16Array;
  readonly UINT32: Uint32Array;
  readonly UINT64: BigUint64Array;
  readonly INT8: Int8Array;
  readonly INT16: Int16Array;
  readonly INT32: Int32Array;
  readonly INT64: BigInt64Array;
  /** The bits of each number; `new Float16Array(data.buffer, data.byteOffset, data.length)` reads them where there is one. */
  readonly FP16: Uint16Array;
  /** The bits of each number: the upper half of an FP32. */
  readonly BF16: Uint16Array;
  readonly FP32: Float32Array;
  readonly FP64: Float64Array;
  /** One per element; `new TextDecoder().decode(element)` where they are text. */
  readonly BYTES: readonly Uint8Array[];
}

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
