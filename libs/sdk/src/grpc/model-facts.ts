import { concatenate } from '../infer/concatenate.ts';
import { isDatatype } from '../infer/datatype.ts';
import type { RefuseReply } from '../infer/decode-tensor.ts';
import type { ModelMetadata, TensorMetadata } from '../infer/tensor.ts';
import { lastField, readFields, readIntegers, readText } from './protobuf/read-fields.ts';
import type { Field } from './protobuf/read-fields.ts';
import { textField } from './protobuf/write-fields.ts';

/** A `ModelMetadataRequest` or `ModelReadyRequest`. */
export function encodeModelName(model: string, version = ''): Uint8Array {
  return concatenate([...textField(1, model), ...textField(2, version)]);
}

/** The one field of a `ServerReadyResponse` or `ModelReadyResponse`. */
export function decodeReady(message: Uint8Array, refuse: RefuseReply): boolean {
  return lastField(readFields(message, refuse), 1)?.value === 1n;
}

export function decodeModelMetadata(message: Uint8Array, refuse: RefuseReply): ModelMetadata {
  const fields = readFields(message, refuse);
  const all = (number: number): Field[] => fields.filter((field) => field.number === number);
  return {
    name: readText(fields, 1),
    versions: all(2).map((field) => readText([field], 2)),
    platform: readText(fields, 3),
    inputs: all(4).map((field) => decodeTensorMetadata(field, refuse)),
    outputs: all(5).map((field) => decodeTensorMetadata(field, refuse)),
  };
}

function decodeTensorMetadata({ bytes }: Field, refuse: RefuseReply): TensorMetadata {
  const fields = readFields(bytes, refuse);
  const name = readText(fields, 1);
  const datatype = readText(fields, 2);
  if (!isDatatype(datatype)) throw refuse(`tensor "${name}" has an unknown datatype`);
  return { name, datatype, shape: readIntegers(fields, 3, refuse) };
}
