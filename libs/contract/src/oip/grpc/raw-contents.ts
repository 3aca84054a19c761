import { decodeBinaryTensor } from '../binary-tensor.ts';
import type { WireTensor } from '../message.ts';
import { nameInput } from '../quote-name.ts';
import type { InputHead } from './input-head.ts';
import { inputError } from './problems.ts';

/** Most elements of a BYTES tensor: each is an object of its own. */
export const MAX_BYTES_ELEMENTS = 2 ** 20;

/** One entry of `raw_input_contents` → its tensor, a view of `bytes` where they are aligned. Throws `ContractError`. */
export function decodeRawContents(head: InputHead, bytes: Uint8Array): WireTensor {
  const { name, model, dtype, shape, count, parameters } = head;
  if (dtype === 'string' && count > MAX_BYTES_ELEMENTS) {
    const text = `expected at most ${MAX_BYTES_ELEMENTS} BYTES elements, got ${count}.`;
    throw inputError('PAYLOAD_TOO_LARGE', head, text);
  }
  const elements = decodeBinaryTensor(bytes, { dtype, shape, inputName: name, subject: nameInput(name, model) });
  return { name, shape, ...(parameters === undefined ? {} : { parameters }), ...elements };
}
