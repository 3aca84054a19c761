import { float16Bits } from './float16-bits.ts';
import type { Scalar } from './literal.ts';
import type { SentTensor } from './sent-tensor.ts';

type Write = (view: DataView, value: Scalar) => void;

/** Bytes of an element, and how it is written, little-endian. */
const WRITERS: Readonly<Record<string, readonly [sizeBytes: number, write: Write]>> = {
  BOOL: [1, (view, value) => view.setUint8(0, Number(value))],
  INT8: [1, (view, value) => view.setInt8(0, Number(value))],
  INT16: [2, (view, value) => view.setInt16(0, Number(value), true)],
  INT32: [4, (view, value) => view.setInt32(0, Number(value), true)],
  INT64: [8, (view, value) => view.setBigInt64(0, BigInt(value ?? 0), true)],
  UINT8: [1, (view, value) => view.setUint8(0, Number(value))],
  UINT16: [2, (view, value) => view.setUint16(0, Number(value), true)],
  UINT32: [4, (view, value) => view.setUint32(0, Number(value), true)],
  UINT64: [8, (view, value) => view.setBigUint64(0, BigInt(value ?? 0), true)],
  FP16: [2, (view, value) => view.setUint16(0, float16Bits(Number(value)), true)],
  FP32: [4, (view, value) => view.setFloat32(0, Number(value), true)],
  FP64: [8, (view, value) => view.setFloat64(0, Number(value), true)],
};

/** The bytes of a tensor as the protocol has them raw; undefined where they lie in a file. */
export function rawContents({ datatype, content }: SentTensor): Uint8Array | undefined {
  if ('file' in content) return undefined;
  if ('base64' in content) return withLength(bytesOfBase64(content.base64));
  const writer = WRITERS[datatype];
  if (writer === undefined) return join(content.elements.map((element) => withLength(utf8(String(element)))));
  const [sizeBytes, write] = writer;
  const bytes = new Uint8Array(content.elements.length * sizeBytes);
  content.elements.forEach((element, index) =>
    write(new DataView(bytes.buffer, index * sizeBytes, sizeBytes), element),
  );
  return bytes;
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function bytesOfBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function withLength(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length, true);
  return join([length, bytes]);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
