import { OnnxFormatError } from './onnx-format-error.ts';

/**
 * One protobuf field. Models hold millions of them, most never looked into: contents are decoded on demand, and
 * `bytes` is a view, not a copy.
 */
export class WireField {
  readonly number: number;
  readonly kind: 'varint' | 'bytes' | 'fixed32' | 'fixed64';
  /** Offsets of the field's tag, of its content and of the byte behind it, in the message: to copy a field verbatim. */
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
  readonly #message: Uint8Array;

  constructor(
    message: Uint8Array,
    tag: { number: number; kind: WireField['kind'] },
    start: number,
    content: [number, number],
  ) {
    this.#message = message;
    this.number = tag.number;
    this.kind = tag.kind;
    this.start = start;
    [this.contentStart, this.end] = content;
  }

  /** Content of a `bytes` or fixed field (little-endian); of a varint, its encoding. */
  get bytes(): Uint8Array {
    return this.#message.subarray(this.contentStart, this.end);
  }

  /** Unsigned value of a varint. */
  get varint(): bigint {
    return this.kind === 'varint' ? readVarint(this.#message, this.contentStart)[0] : 0n;
  }
}

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

const kinds: readonly (WireField['kind'] | undefined)[] = [
  'varint',
  'fixed64',
  'bytes',
  undefined,
  undefined,
  'fixed32',
];

/** A tag or length, which protobuf keeps below 2^32. */
function readSmallVarint(bytes: Uint8Array, offset: number): number {
  let value = 0;
  for (let index = offset, scale = 1; scale < 2 ** 35; index += 1, scale *= 128) {
    const byte = byteAt(bytes, index);
    value += (byte & 0x7f) * scale;
    if (byte < 0x80 && value < 2 ** 32) return value;
  }
  throw new OnnxFormatError('it is not a protobuf message');
}

/** Offset behind the varint at `offset`. */
function skipVarint(bytes: Uint8Array, offset: number): number {
  for (let index = offset; index < offset + 10; index += 1) if (byteAt(bytes, index) < 0x80) return index + 1;
  throw new OnnxFormatError('it holds a number longer than 64 bits');
}

/**
 * Walks the fields of one message in file order, only those with a number in `wanted` where that is given.
 * Bounds-checked; never copies or decodes the fields' contents.
 */
export function* readFields(message: Uint8Array, wanted?: ReadonlySet<number>): Generator<WireField> {
  for (let offset = 0; offset < message.length;) {
    const tag = readSmallVarint(message, offset);
    const kind = kinds[tag & 7];
    const number = tag >>> 3;
    if (number === 0 || kind === undefined) throw new OnnxFormatError('it is not a protobuf message');
    const afterTag = skipVarint(message, offset);
    const contentStart = kind === 'bytes' ? skipVarint(message, afterTag) : afterTag;
    const end = contentEnd(message, kind, afterTag, contentStart);
    if (wanted === undefined || wanted.has(number))
      yield new WireField(message, { number, kind }, offset, [contentStart, end]);
    offset = end;
  }
}

function contentEnd(message: Uint8Array, kind: WireField['kind'], afterTag: number, contentStart: number): number {
  if (kind === 'varint') return skipVarint(message, contentStart);
  const length = kind === 'bytes' ? readSmallVarint(message, afterTag) : kind === 'fixed32' ? 4 : 8;
  if (length > message.length - contentStart)
    throw new OnnxFormatError('it is truncated: a field ends behind the file');
  return contentStart + length;
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
