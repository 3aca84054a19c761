import type { InvalidResponseError } from '../predictor-error.ts';
import { ARRAYS, countElements, isDatatype } from './datatype.ts';
import type { FixedDatatype } from './datatype.ts';
import type { OutputTensor } from './tensor.ts';

export type RefuseReply = (problem: string) => InvalidResponseError;

/** What an answer says of a tensor, not yet checked. */
export interface ClaimedTensor {
  readonly datatype?: unknown;
  readonly shape?: unknown;
}

/** Little-endian bytes → a tensor; they must fit its datatype and shape exactly. */
export function decodeTensor({ datatype, shape }: ClaimedTensor, bytes: Uint8Array, refuse: RefuseReply): OutputTensor {
  if (!isDatatype(datatype)) throw refuse('has an unknown datatype');
  const data = datatype === 'BYTES' ? splitElements(bytes) : viewElements(bytes, datatype);
  if (data?.length !== countElements(shape)) throw refuse(`has bytes that are not ${datatype} [${String(shape)}]`);
  return { datatype, shape, data } as OutputTensor;
}

/** A view where the bytes are aligned for the datatype, else a copy. Undefined where they are no whole elements. */
function viewElements(bytes: Uint8Array, datatype: FixedDatatype): OutputTensor['data'] | undefined {
  const Elements = ARRAYS[datatype];
  const size = Elements.BYTES_PER_ELEMENT;
  if (bytes.length % size !== 0 || (datatype === 'BOOL' && bytes.some((byte) => byte > 1))) return undefined;
  const { buffer, byteOffset } = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  return new Elements(buffer as ArrayBuffer, byteOffset, bytes.length / size);
}

/** Views of what lies behind its length in four little-endian bytes. Undefined where that does not fill all of it. */
function splitElements(bytes: Uint8Array): Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const elements: Uint8Array[] = [];
  let end = 0;
  while (end + 4 <= bytes.length) {
    const start = end + 4;
    end = start + view.getUint32(end, true);
    elements.push(bytes.subarray(start, end));
  }
  return end === bytes.length ? elements : undefined;
}
