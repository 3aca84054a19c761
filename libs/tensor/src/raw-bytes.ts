import { createData } from './create-data.ts';
import { dtypes } from './dtype.ts';
import type { Dtype } from './dtype.ts';
import { elementCount } from './element-count.ts';
import { TensorError } from './tensor-error.ts';
import { tensor } from './tensor.ts';
import type { Tensor } from './tensor.ts';

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Elements as raw little-endian bytes: a view of the tensor's memory, not to be written. Throws `NOT_FIXED_SIZE` for string. */
export function tensorBytes(source: Tensor): Uint8Array {
  const size = elementBytes(source.dtype);
  const data = source.data as Uint8Array;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return isLittleEndian ? bytes : reverseElements(bytes.slice(), size);
}

/**
 * Raw little-endian elements → a tensor: a view where `bytes` is aligned for the dtype, else a copy; the caller gives
 * `bytes` away. Throws `INVALID_DATA` for a wrong length or a bool that is not 0 or 1, `NOT_FIXED_SIZE` for string.
 */
export function tensorFromBytes<D extends Dtype>(dtype: D, shape: readonly number[], bytes: Uint8Array): Tensor {
  const size = elementBytes(dtype);
  const count = elementCount(shape);
  if (bytes.length !== count * size) {
    const name = `${dtype} [${shape.join(', ')}]`;
    throw new TensorError('INVALID_DATA', `Tensor ${name}: expected ${count * size} bytes, got ${bytes.length}.`);
  }
  if (dtype === 'bool' && bytes.some((byte) => byte > 1)) {
    throw new TensorError('INVALID_DATA', 'Tensor of bool: expected bytes that are 0 or 1.');
  }
  const isUsable = isLittleEndian && bytes.byteOffset % size === 0;
  const { buffer, byteOffset } = isUsable ? bytes : copy(bytes, size);
  const { constructor } = createData(dtype, 0);
  const arrayType = constructor as new (buffer: ArrayBufferLike, byteOffset: number, length: number) => Uint8Array;
  // The dtype chose the class: TypeScript cannot follow the pair through the table.
  return tensor<Dtype>(dtype, shape, new arrayType(buffer, byteOffset, count));
}

function copy(bytes: Uint8Array, size: number): Uint8Array {
  const copied = new Uint8Array(bytes);
  return isLittleEndian ? copied : reverseElements(copied, size);
}

function elementBytes(dtype: Dtype): number {
  const size = dtypes[dtype].bytesPerElement;
  if (size !== null) return size;
  throw new TensorError('NOT_FIXED_SIZE', `Elements of ${dtype} have no fixed size: they cannot be raw bytes.`);
}

function reverseElements(bytes: Uint8Array, size: number): Uint8Array {
  for (let start = 0; start < bytes.length; start += size) bytes.subarray(start, start + size).reverse();
  return bytes;
}
