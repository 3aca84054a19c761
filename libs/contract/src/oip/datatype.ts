import type { Dtype } from '@web-single/tensor';

/** Element types as the Open Inference Protocol names them on the wire; `dtype` in code. */
export type Datatype =
  | 'BOOL'
  | 'UINT8'
  | 'UINT16'
  | 'UINT32'
  | 'UINT64'
  | 'INT8'
  | 'INT16'
  | 'INT32'
  | 'INT64'
  | 'FP16'
  | 'BF16'
  | 'FP32'
  | 'FP64'
  | 'BYTES';

/** BF16 has no dtype: the runtime cannot take it. */
const datatypeByDtype: { readonly [D in Dtype]: Datatype } = {
  bool: 'BOOL',
  int8: 'INT8',
  uint8: 'UINT8',
  int16: 'INT16',
  uint16: 'UINT16',
  int32: 'INT32',
  uint32: 'UINT32',
  int64: 'INT64',
  uint64: 'UINT64',
  float16: 'FP16',
  float32: 'FP32',
  float64: 'FP64',
  string: 'BYTES',
};

const dtypeByDatatype = new Map<string, Dtype>(
  Object.entries(datatypeByDtype).map(([dtype, datatype]) => [datatype, dtype as Dtype]),
);

export const datatypeOf = (dtype: Dtype): Datatype => datatypeByDtype[dtype];

/** Undefined for BF16 and for what is no datatype; names are upper-case. */
export const dtypeOf = (datatype: string): Dtype | undefined => dtypeByDatatype.get(datatype);
