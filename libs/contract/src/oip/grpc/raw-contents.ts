import { tensorBytes, tensorFromBytes, TensorError } from '@web-single/tensor';
import type { ContractError } from '../../contract-error.ts';
import { datatypeOf } from '../datatype.ts';
import type { WireTensor } from '../message.ts';
import { inputError } from './problems.ts';
import type { InputHead } from './input-head.ts';

/** Most elements of a BYTES tensor: each is an object of its own. */
export const MAX_BYTES_ELEMENTS = 2 ** 20;

const PREFIX_BYTES = 4;

/** One entry of `raw_input_contents` → its tensor, a view of `bytes` where they are aligned. Throws `ContractError`. */
export function decodeRawContents(head: InputHead, bytes: Uint8Array): WireTensor {
  const { name, shape, parameters } = head;
  const rest = { name, shape, ...(parameters === undefined ? {} : { parameters }) };
  if (head.dtype === 'string') return { ...rest, datatype: 'BYTES', elements: decodeElements(head, bytes) };
  try {
    const tensor = tensorFromBytes(head.dtype, shape, bytes);
    return { ...rest, datatype: datatypeOf(tensor.dtype) as Exclude<WireTensor['datatype'], 'BYTES'>, tensor };
  } catch (error) {
    if (error instanceof TensorError) throw inputError('INVALID_REQUEST', head, error.message);
    throw error;
  }
}

/** Elements behind 4-byte little-endian lengths, as views of `bytes`. */
function decodeElements(head: InputHead, bytes: Uint8Array): Uint8Array[] {
  if (head.count > MAX_BYTES_ELEMENTS) {
    const text = `expected at most ${MAX_BYTES_ELEMENTS} BYTES elements, got ${head.count}.`;
    throw inputError('PAYLOAD_TOO_LARGE', head, text);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const elements: Uint8Array[] = [];
  let position = 0;
  while (position < bytes.length && elements.length < head.count) {
    const start = position + PREFIX_BYTES;
    if (start > bytes.length) throw lengthError(head, elements.length);
    const end = start + view.getUint32(position, true);
    if (end > bytes.length) throw lengthError(head, elements.length);
    elements.push(bytes.subarray(start, end));
    position = end;
  }
  if (position === bytes.length && elements.length === head.count) return elements;
  const text = `expected ${head.count} BYTES elements that fill its raw contents, got ${elements.length} in ${position} of ${bytes.length} bytes.`;
  throw inputError('INVALID_REQUEST', head, text);
}

function lengthError(head: InputHead, index: number): ContractError {
  return inputError('INVALID_REQUEST', head, `BYTES element ${index} goes beyond the end of its raw contents.`);
}

/** One entry of `raw_output_contents`: a view of the tensor's memory; BYTES are gathered into new memory. */
export function encodeRawContents(output: WireTensor): Uint8Array {
  if (output.datatype !== 'BYTES') return tensorBytes(output.tensor);
  const sizeBytes = output.elements.reduce((sum, { length }) => sum + PREFIX_BYTES + length, 0);
  const bytes = new Uint8Array(sizeBytes);
  const view = new DataView(bytes.buffer);
  let position = 0;
  for (const element of output.elements) {
    view.setUint32(position, element.length, true);
    bytes.set(element, position + PREFIX_BYTES);
    position += PREFIX_BYTES + element.length;
  }
  return bytes;
}
