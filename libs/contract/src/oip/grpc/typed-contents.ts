import { create } from '@bufbuild/protobuf';
import { dtypes, tensor, type Dtype } from '@web-single/tensor';
import { ContractError } from '../../contract-error.ts';
import { datatypeOf, type Datatype } from '../datatype.ts';
import type { WireTensor } from '../message.ts';
import type { InferTensorContents } from './generated/inference/grpc_service_pb.ts';
import { InferTensorContentsSchema } from './generated/inference/grpc_service_pb.ts';
import type { InputHead } from './input-head.ts';
import { inputError } from './problems.ts';

type ContentsField = Exclude<keyof InferTensorContents, '$typeName' | '$unknown'>;

/** The field each datatype travels in, as messages name it and as code does. FP16 has none. */
const fieldByDtype: { readonly [D in Dtype]: readonly [string, ContentsField] | null } = {
  bool: ['bool_contents', 'boolContents'],
  int8: ['int_contents', 'intContents'],
  int16: ['int_contents', 'intContents'],
  int32: ['int_contents', 'intContents'],
  int64: ['int64_contents', 'int64Contents'],
  uint8: ['uint_contents', 'uintContents'],
  uint16: ['uint_contents', 'uintContents'],
  uint32: ['uint_contents', 'uintContents'],
  uint64: ['uint64_contents', 'uint64Contents'],
  float16: null,
  float32: ['fp32_contents', 'fp32Contents'],
  float64: ['fp64_contents', 'fp64Contents'],
  string: ['bytes_contents', 'bytesContents'],
};

type Element = boolean | number | bigint | Uint8Array;

/** The `contents` of an input → its tensor. Throws `INPUT_MISMATCH` where field, count or a value does not fit. */
export function decodeTypedContents(head: InputHead, contents: InferTensorContents | undefined): WireTensor {
  const elements = elementsOf(head, contents);
  const { dtype, name, shape, parameters } = head;
  const rest = { name, shape, ...(parameters === undefined ? {} : { parameters }) };
  if (dtype === 'string') return { ...rest, datatype: 'BYTES', elements: elements as Uint8Array[] };
  checkRange(head, elements);
  const datatype = datatypeOf(dtype) as Exclude<Datatype, 'BYTES' | 'BF16'>;
  const arrayType = dtypes[dtype].arrayType as unknown as { from: (values: Iterable<unknown>) => Uint8Array };
  const values = dtype === 'bool' ? (elements as boolean[]).map(Number) : elements;
  return { ...rest, datatype, tensor: tensor<Dtype>(dtype, shape, arrayType.from(values)) };
}

function elementsOf(head: InputHead, contents: InferTensorContents | undefined): readonly Element[] {
  const field = fieldByDtype[head.dtype];
  if (field === null) {
    if (head.count === 0 && contents === undefined) return [];
    throw inputError('INPUT_MISMATCH', head, 'FP16 travels in raw_input_contents only.');
  }
  const [wireName, codeName] = field;
  const foreign = Object.values(fieldByDtype).find(
    (other) => other !== null && other[1] !== codeName && (contents?.[other[1]].length ?? 0) > 0,
  );
  if (foreign !== null && foreign !== undefined) {
    const text = `${datatypeOf(head.dtype)} travels in ${wireName}, got ${foreign[0]}.`;
    throw inputError('INPUT_MISMATCH', head, text);
  }
  const elements = contents?.[codeName] ?? [];
  if (elements.length === head.count) return elements;
  const shape = `shape [${head.shape.join(', ')}]`;
  throw inputError(
    'INPUT_MISMATCH',
    head,
    `${shape} takes ${head.count} elements, ${wireName} has ${elements.length}.`,
  );
}

function checkRange(head: InputHead, elements: readonly Element[]): void {
  const range = dtypes[head.dtype].integerRange;
  // The wire type itself keeps wider integers in their range.
  if (range === null || typeof range.min === 'bigint') return;
  const { min, max } = range;
  const index = (elements as readonly number[]).findIndex((value) => value < min || value > max);
  if (index === -1) return;
  const text = `element ${index}: expected ${datatypeOf(head.dtype)} from ${min} to ${max}, got ${String(elements[index])}.`;
  throw inputError('INPUT_MISMATCH', head, text);
}

/** The `contents` of an output. Throws `INVALID_REQUEST` for FP16, which has no field. */
export function encodeTypedContents(output: WireTensor): InferTensorContents {
  if (output.datatype === 'BYTES') return create(InferTensorContentsSchema, { bytesContents: [...output.elements] });
  const { dtype, data } = output.tensor;
  const field = fieldByDtype[dtype];
  if (field === null) {
    const text = `Output "${output.name}" is ${output.datatype}, which has no typed contents: leave typed_contents out.`;
    throw new ContractError('INVALID_REQUEST', text);
  }
  const values = dtype === 'bool' ? Array.from(data, Boolean) : Array.from(data as Iterable<unknown>);
  return create(InferTensorContentsSchema, { [field[1]]: values });
}
