import type { Dim } from '@web-single/tensor';
import { dtypeOf, elementTypeName } from './element-type.ts';
import { OnnxFormatError } from './onnx-format-error.ts';
import type { OnnxValue } from './onnx-model.ts';
import { bytesOf, intOf, readFields, singleMessage, textOf } from './wire.ts';

const maxTypeDepth = 8;
const maxRank = 32;

interface ReadType {
  readonly typeName: string;
  readonly elementType: number;
  readonly dense: boolean;
  readonly dims?: readonly Dim[];
}

/** Reads a ValueInfoProto: name, type and dims of a graph input or output. */
export function readValueInfo(message: Uint8Array): OnnxValue {
  let name = '';
  for (const field of readFields(message)) if (field.number === 1) name = textOf(field);
  const type = singleMessage(message, 2);
  const { typeName, elementType, dense, dims } = type === undefined ? unknownType : readType(type, 0);
  const dtype = dense ? dtypeOf(elementType) : undefined;
  return {
    name,
    typeName,
    elementType,
    ...(dtype === undefined ? {} : { dtype }),
    ...(dims === undefined ? {} : { dims }),
  };
}

const unknownType: ReadType = { typeName: 'unknown', elementType: 0, dense: false };

/** Field numbers of TypeProto's oneof. */
const typeKinds: Record<number, 'tensor' | 'seq' | 'map' | 'sparse' | 'optional' | undefined> = {
  1: 'tensor',
  4: 'seq',
  5: 'map',
  8: 'sparse',
  9: 'optional',
};

function readType(message: Uint8Array, depth: number): ReadType {
  if (depth > maxTypeDepth) throw new OnnxFormatError('a type is nested too deeply');
  let type = unknownType;
  for (const field of readFields(message)) {
    const kind = typeKinds[field.number];
    if (kind === undefined) continue;
    const content = bytesOf(field);
    if (kind === 'tensor' || kind === 'sparse') type = readTensorType(content, kind === 'tensor');
    else if (kind === 'map') type = readMapType(content, depth);
    else type = wrapType(kind, singleMessage(content, 1), depth);
  }
  return type;
}

function wrapType(kind: string, inner: Uint8Array | undefined, depth: number): ReadType {
  const { typeName, elementType } = inner === undefined ? unknownType : readType(inner, depth + 1);
  return { typeName: `${kind}(${typeName})`, elementType, dense: false };
}

function readMapType(message: Uint8Array, depth: number): ReadType {
  let key = 0;
  for (const field of readFields(message)) if (field.number === 1) key = Number(intOf(field));
  const value = singleMessage(message, 2);
  const { typeName, elementType } = value === undefined ? unknownType : readType(value, depth + 1);
  return { typeName: `map(${elementTypeName(key)},${typeName})`, elementType, dense: false };
}

function readTensorType(message: Uint8Array, dense: boolean): ReadType {
  let elementType = 0;
  for (const field of readFields(message)) if (field.number === 1) elementType = Number(intOf(field));
  const shape = singleMessage(message, 2);
  const typeName = `${dense ? '' : 'sparse_'}tensor(${elementTypeName(elementType)})`;
  return { typeName, elementType, dense, ...(shape === undefined ? {} : { dims: readShape(shape) }) };
}

function readShape(message: Uint8Array): Dim[] {
  const dims: Dim[] = [];
  for (const field of readFields(message)) {
    if (field.number === 1) dims.push(readDim(bytesOf(field)));
    if (dims.length > maxRank) throw new OnnxFormatError('a tensor has more dimensions than any model needs');
  }
  return dims;
}

/** A size, a name, or null; a negative size is how some exporters write "dynamic". */
function readDim(message: Uint8Array): Dim {
  let dim: Dim = null;
  for (const field of readFields(message)) {
    if (field.number === 1) dim = sizeOrNull(intOf(field));
    if (field.number === 2) dim = textOf(field) || null;
  }
  return dim;
}

function sizeOrNull(size: bigint): number | null {
  return size < 0n || size > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(size);
}
