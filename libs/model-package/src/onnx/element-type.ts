import type { Dtype } from '@web-single/tensor';

/** TensorProto.DataType in order: the ONNX name, and our dtype where the runtime can bind such tensors. */
const elementTypes: readonly (readonly [name: string, dtype?: Dtype])[] = [
  ['undefined'],
  ['float', 'float32'],
  ['uint8', 'uint8'],
  ['int8', 'int8'],
  ['uint16', 'uint16'],
  ['int16', 'int16'],
  ['int32', 'int32'],
  ['int64', 'int64'],
  ['string', 'string'],
  ['bool', 'bool'],
  ['float16', 'float16'],
  ['double', 'float64'],
  ['uint32', 'uint32'],
  ['uint64', 'uint64'],
  ['complex64'],
  ['complex128'],
  ['bfloat16'],
  ['float8e4m3fn'],
  ['float8e4m3fnuz'],
  ['float8e5m2'],
  ['float8e5m2fnuz'],
  ['uint4'],
  ['int4'],
  ['float4e2m1'],
  ['float8e8m0'],
  ['uint2'],
  ['int2'],
];

export const elementType = { float: 1, int32: 6, int64: 7, string: 8, double: 11 } as const;

/** ONNX's name of an element type: `float`, `bfloat16`. */
export function elementTypeName(type: number): string {
  return elementTypes[type]?.[0] ?? `type ${type}`;
}

/** Our dtype of an element type, or undefined where the runtime cannot bind it (BF16, complex, float8, 4-bit). */
export function dtypeOf(type: number): Dtype | undefined {
  return elementTypes[type]?.[1];
}
