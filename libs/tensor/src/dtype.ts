/** Element types a session may take or give, named as in code; the wire names (`FP32`) live in the contract's codec. */
export type Dtype =
  | 'bool'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float16'
  | 'float32'
  | 'float64'
  | 'string';

/** Memory behind each dtype: bool is 0/1 bytes, float16 its raw bits. */
export interface DataByDtype {
  bool: Uint8Array;
  int8: Int8Array;
  uint8: Uint8Array;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  int64: BigInt64Array;
  uint64: BigUint64Array;
  float16: Uint16Array;
  float32: Float32Array;
  float64: Float64Array;
  string: readonly string[];
}

/** Inclusive bounds; `bigint` for the 64-bit integers. */
export interface IntegerRange {
  readonly min: number | bigint;
  readonly max: number | bigint;
}

export interface DtypeFacts<D extends Dtype = Dtype> {
  /** `null` where elements have no fixed size (string). */
  readonly bytesPerElement: number | null;
  /** Class of the memory: `Array` for string. */
  readonly arrayType: D extends 'string' ? ArrayConstructor : new (...args: never) => DataByDtype[D];
  readonly integerRange: IntegerRange | null;
  readonly isFloat: boolean;
}

/** What each dtype is made of. */
export const dtypes: { readonly [D in Dtype]: DtypeFacts<D> } = {
  bool: { bytesPerElement: 1, arrayType: Uint8Array, integerRange: null, isFloat: false },
  int8: { bytesPerElement: 1, arrayType: Int8Array, integerRange: { min: -128, max: 127 }, isFloat: false },
  uint8: { bytesPerElement: 1, arrayType: Uint8Array, integerRange: { min: 0, max: 255 }, isFloat: false },
  int16: { bytesPerElement: 2, arrayType: Int16Array, integerRange: { min: -32768, max: 32767 }, isFloat: false },
  uint16: { bytesPerElement: 2, arrayType: Uint16Array, integerRange: { min: 0, max: 65535 }, isFloat: false },
  int32: {
    bytesPerElement: 4,
    arrayType: Int32Array,
    integerRange: { min: -(2 ** 31), max: 2 ** 31 - 1 },
    isFloat: false,
  },
  uint32: { bytesPerElement: 4, arrayType: Uint32Array, integerRange: { min: 0, max: 2 ** 32 - 1 }, isFloat: false },
  int64: {
    bytesPerElement: 8,
    arrayType: BigInt64Array,
    integerRange: { min: -(2n ** 63n), max: 2n ** 63n - 1n },
    isFloat: false,
  },
  uint64: {
    bytesPerElement: 8,
    arrayType: BigUint64Array,
    integerRange: { min: 0n, max: 2n ** 64n - 1n },
    isFloat: false,
  },
  float16: { bytesPerElement: 2, arrayType: Uint16Array, integerRange: null, isFloat: true },
  float32: { bytesPerElement: 4, arrayType: Float32Array, integerRange: null, isFloat: true },
  float64: { bytesPerElement: 8, arrayType: Float64Array, integerRange: null, isFloat: true },
  string: { bytesPerElement: null, arrayType: Array, integerRange: null, isFloat: false },
};

/** True for a name of the table; inherited names such as `constructor` are none. */
export function isDtype(value: unknown): value is Dtype {
  return typeof value === 'string' && Object.hasOwn(dtypes, value);
}
