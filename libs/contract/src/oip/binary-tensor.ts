import { dtypes, tensorBytes, tensorFromBytes } from '@web-single/tensor';
import type { Dtype, Tensor } from '@web-single/tensor';
import { ContractError } from '../contract-error.ts';
import { datatypeOf } from './datatype.ts';
import type { Datatype } from './datatype.ts';
import type { WireTensor } from './message.ts';
import { quoteName } from './quote-name.ts';
import { countElements } from './wire-shape.ts';

const prefixBytes = 4;

/** What binary elements must be; `subject` begins the messages. */
export interface BinaryTarget {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly inputName: string;
  readonly subject: string;
}

type Elements =
  | { readonly datatype: 'BYTES'; readonly elements: readonly Uint8Array[] }
  | { readonly datatype: Exclude<Datatype, 'BYTES' | 'BF16'>; readonly tensor: Tensor };

/** Holds a number of bytes against the elements they should be, before any is read. Throws `INVALID_REQUEST`. */
export function checkByteSize(gotBytes: number, { dtype, shape, inputName, subject }: BinaryTarget): void {
  const count = countElements(shape, subject);
  const sizeBytes = count * (dtypes[dtype].bytesPerElement ?? prefixBytes);
  if (!Number.isSafeInteger(sizeBytes))
    throw invalid(`${subject}: byte size overflow for input ${quoteName(inputName)}.`);
  const isText = dtype === 'string';
  if (isText ? gotBytes >= sizeBytes : gotBytes === sizeBytes) return;
  const expected = `${isText ? 'at least ' : ''}${sizeBytes} bytes for ${datatypeOf(dtype)} [${shape.join(', ')}]`;
  throw invalid(`${subject}: expected ${expected}, got ${gotBytes}.`);
}

/** The raw little-endian elements of a tensor: views of `bytes`, where these are aligned. Throws `INVALID_REQUEST`. */
export function decodeBinaryTensor(bytes: Uint8Array, target: BinaryTarget): Elements {
  const { dtype, shape, subject } = target;
  checkByteSize(bytes.length, target);
  if (dtype === 'string') {
    return { datatype: 'BYTES', elements: splitBytesElements(bytes, countElements(shape, subject), subject) };
  }
  if (dtype === 'bool' && !areBits(bytes)) throw invalid(`${subject}: expected bytes of BOOL to be 0 or 1.`);
  const datatype = datatypeOf(dtype) as Exclude<Datatype, 'BYTES' | 'BF16'>;
  return { datatype, tensor: tensorFromBytes(dtype, shape, bytes) };
}

/** Four at a time, but for those before and behind whole words of memory: a tensor may have 64 million. */
function areBits(bytes: Uint8Array): boolean {
  const lead = Math.min(-bytes.byteOffset & 3, bytes.length);
  const count = (bytes.length - lead) >> 2;
  const words = count === 0 ? [] : new Uint32Array(bytes.buffer, bytes.byteOffset + lead, count);
  let others = 0;
  for (let at = 0; at < words.length; at += 1) others |= words[at]! & 0xfefefefe;
  for (let at = 0; at < lead; at += 1) others |= bytes[at]! & 0xfe;
  for (let at = lead + 4 * count; at < bytes.length; at += 1) others |= bytes[at]! & 0xfe;
  return others === 0;
}

/** BYTES elements, each behind its length in four little-endian bytes, that fill `bytes` exactly; views of it. */
function splitBytesElements(bytes: Uint8Array, count: number, subject: string): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const elements: Uint8Array[] = [];
  let offset = 0;
  for (let index = 0; index < count; index += 1) {
    const start = offset + prefixBytes;
    const end = start <= bytes.length ? start + view.getUint32(offset, true) : Infinity;
    if (end > bytes.length)
      throw invalid(`${subject}: element ${index} goes past the end of its ${bytes.length} bytes.`);
    elements.push(bytes.subarray(start, end));
    offset = end;
  }
  if (offset === bytes.length) return elements;
  throw invalid(`${subject}: ${bytes.length - offset} bytes are left over behind its ${count} elements.`);
}

/** The elements of a tensor as bytes of the wire: a view of its memory, but for BYTES, which get their prefixes. */
export function encodeBinaryTensor(tensor: WireTensor): Uint8Array {
  return tensor.datatype === 'BYTES' ? joinBytesElements(tensor.elements) : tensorBytes(tensor.tensor);
}

function joinBytesElements(elements: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(elements.reduce((size, element) => size + prefixBytes + element.length, 0));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const element of elements) {
    view.setUint32(offset, element.length, true);
    bytes.set(element, offset + prefixBytes);
    offset += prefixBytes + element.length;
  }
  return bytes;
}

const invalid = (message: string): ContractError => new ContractError('INVALID_REQUEST', message);
