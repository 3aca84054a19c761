import { OnnxFormatError } from './onnx-format-error.ts';

/** One protobuf field: `bytes` for wire type 2 (a view, not a copy), `varint` for 0, `fixed` (4 or 8 bytes, little-endian) for 5 and 1. */
export interface WireField {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly varint: bigint;
  readonly kind: 'varint' | 'bytes' | 'fixed32' | 'fixed64';
  /** Offset of the field's tag and of the byte behind it, in the message's bytes: to copy a field verbatim. */
  readonly start: number;
  readonly end: number;
}

const noBytes = new Uint8Array(0);
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads a base-128 varint (at most 10 bytes, 64 bits) at `offset` and returns it with the offset behind it. */
export function readVarint(bytes: Uint8Array, offset: number): [value: bigint, next: number] {
  let low = 0;
  let shift = 0;
  for (let index = offset; shift < 28; index += 1, shift += 7) {
    const byte = byteAt(bytes, index);
    low |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [BigInt(low), index + 1];
  }
  let value = BigInt(low);
  for (let index = offset + 4; shift < 70; index += 1, shift += 7) {
    const byte = byteAt(bytes, index);
    value |= BigInt(byte & 0x7f) << BigInt(shift);
    if (byte < 0x80) return [BigInt.asUintN(64, value), index + 1];
  }
  throw new OnnxFormatError('it holds a number longer than 64 bits');
}

function byteAt(bytes: Uint8Array, index: number): number {
  const byte = bytes[index];
  if (byte === undefined) throw new OnnxFormatError('it is truncated: it ends in the middle of a field');
  return byte;
}

const fixedLengths: Record<number, number | undefined> = { 1: 8, 5: 4 };

function readField(bytes: Uint8Array, start: number): WireField {
  const [tag, afterTag] = readVarint(bytes, start);
  const number = Number(tag >> 3n);
  const wireType = Number(tag & 7n);
  if (number === 0 || number > 536_870_911) throw new OnnxFormatError('it is not a protobuf message');
  if (wireType === 0) {
    const [varint, end] = readVarint(bytes, afterTag);
    return { number, varint, bytes: noBytes, kind: 'varint', start, end };
  }
  const fixed = fixedLengths[wireType];
  const [length, dataStart] =
    fixed !== undefined ? [BigInt(fixed), afterTag] : wireType === 2 ? readVarint(bytes, afterTag) : [-1n, 0];
  if (length < 0n) throw new OnnxFormatError('it is not a protobuf message');
  if (length > BigInt(bytes.length - dataStart))
    throw new OnnxFormatError('it is truncated: a field ends behind the file');
  const end = dataStart + Number(length);
  const kind = fixed === undefined ? 'bytes' : fixed === 8 ? 'fixed64' : 'fixed32';
  return { number, varint: 0n, bytes: bytes.subarray(dataStart, end), kind, start, end };
}

/** Walks the fields of one message in file order. Bounds-checked; never copies or decodes the fields' contents. */
export function* readFields(message: Uint8Array): Generator<WireField> {
  for (let offset = 0; offset < message.length;) {
    const field = readField(message, offset);
    offset = field.end;
    yield field;
  }
}

/** Contents of a length-delimited field. */
export function bytesOf(field: WireField): Uint8Array {
  if (field.kind !== 'bytes') throw new OnnxFormatError('a field has another wire type than ONNX says');
  return field.bytes;
}

export function textOf(field: WireField): string {
  return decodeText(bytesOf(field));
}

export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new OnnxFormatError('it holds a name or label that is not UTF-8');
  }
}

/** Signed 64-bit value of a varint field. */
export function intOf(field: WireField): bigint {
  if (field.kind !== 'varint') throw new OnnxFormatError('a field has another wire type than ONNX says');
  return BigInt.asIntN(64, field.varint);
}

/** Values of a repeated int field's occurrence: one varint, or packed. */
export function intsOf(field: WireField): bigint[] {
  if (field.kind === 'varint') return [intOf(field)];
  const packed = bytesOf(field);
  const values: bigint[] = [];
  for (let offset = 0; offset < packed.length;) {
    const [value, next] = readVarint(packed, offset);
    values.push(BigInt.asIntN(64, value));
    offset = next;
  }
  return values;
}

/** Values of a repeated float field's occurrence: one fixed32, or packed. */
export function floatsOf(field: WireField): number[] {
  if (field.kind === 'varint' || field.kind === 'fixed64')
    throw new OnnxFormatError('a field has another wire type than ONNX says');
  const view = new DataView(field.bytes.buffer, field.bytes.byteOffset, field.bytes.byteLength);
  return Array.from({ length: Math.floor(field.bytes.length / 4) }, (_, index) => view.getFloat32(index * 4, true));
}

/**
 * The one occurrence of a singular message field, or undefined. Protobuf would merge several, which could hide a part
 * from a check: refused instead, no exporter writes that.
 */
export function singleMessage(message: Uint8Array, number: number): Uint8Array | undefined {
  let found: Uint8Array | undefined;
  for (const field of readFields(message)) {
    if (field.number !== number) continue;
    if (found !== undefined) throw new OnnxFormatError('a part that ONNX allows once appears twice');
    found = bytesOf(field);
  }
  return found;
}
