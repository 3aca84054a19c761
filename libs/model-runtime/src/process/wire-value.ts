import { isTensor, tensor, tensorBytes, tensorFromBytes } from '@web-single/tensor';
import type { Dtype, Tensor, Value } from '@web-single/tensor';

/** Thrown where a frame is not what our own encoder writes: the other side is broken and cannot be trusted further. */
export class WireError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WireError';
  }
}

/**
 * A value → what JSON can carry, its bytes beside it. What JSON has no word for becomes an object with one key that
 * starts with `$`; maps with such keys of their own are written as pairs. `blobs` collects views, nothing is copied.
 */
export const encodeValue = (value: Value, blobs: Uint8Array[]): unknown => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: numberName(value) };
  if (typeof value === 'bigint') return { $bigint: String(value) };
  if (value instanceof Uint8Array) return { $bytes: blobs.push(value) - 1 };
  if (Array.isArray(value)) return value.map((element: Value) => encodeValue(element, blobs));
  if (isTensor(value)) return encodeTensor(value, blobs);
  const entries = Object.entries(value as Readonly<Record<string, Value>>)
    .filter(([, element]) => element !== undefined)
    .map(([key, element]): [string, unknown] => [key, encodeValue(element, blobs)]);
  return entries.some(([key]) => key.startsWith('$')) ? { $map: entries } : Object.fromEntries(entries);
};

/** String() writes -0 as "0". */
const numberName = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

const encodeTensor = (value: Tensor, blobs: Uint8Array[]): unknown => {
  const { dtype, shape } = value;
  if (value.dtype === 'string') return { $tensor: { dtype, shape, strings: value.data } };
  return { $tensor: { dtype, shape, blob: blobs.push(tensorBytes(value)) - 1 } };
};

/** The reverse. `blobs` stay the memory behind bytes and tensors. Throws `WireError`. */
export const decodeValue = (encoded: unknown, blobs: readonly Uint8Array[]): Value => {
  if (typeof encoded !== 'object' || encoded === null) return encoded as Value;
  if (Array.isArray(encoded)) return encoded.map((element) => decodeValue(element, blobs));
  const entries = Object.entries(encoded);
  const [first] = entries;
  if (first && entries.length === 1 && first[0].startsWith('$')) return decodeTagged(first[0], first[1], blobs);
  return Object.fromEntries(entries.map(([key, element]) => [key, decodeValue(element, blobs)]));
};

const decodeTagged = (tag: string, content: unknown, blobs: readonly Uint8Array[]): Value => {
  switch (tag) {
    case '$number':
      return Number(content);
    case '$bigint':
      return BigInt(String(content));
    case '$bytes':
      return blobAt(blobs, content);
    case '$map':
      return Object.fromEntries(
        (content as [string, unknown][]).map(([key, element]) => [key, decodeValue(element, blobs)]),
      );
    case '$tensor':
      return decodeTensor(content as EncodedTensor, blobs);
    default:
      throw new WireError(`Unknown tag ${JSON.stringify(tag)}.`);
  }
};

interface EncodedTensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly strings?: readonly string[];
  readonly blob?: number;
}

const decodeTensor = ({ dtype, shape, strings, blob }: EncodedTensor, blobs: readonly Uint8Array[]): Tensor =>
  strings ? tensor('string', shape, strings) : tensorFromBytes(dtype, shape, blobAt(blobs, blob));

const blobAt = (blobs: readonly Uint8Array[], index: unknown): Uint8Array => {
  const blob = typeof index === 'number' ? blobs[index] : undefined;
  if (!blob) throw new WireError(`There is no blob ${String(index)}.`);
  return blob;
};
