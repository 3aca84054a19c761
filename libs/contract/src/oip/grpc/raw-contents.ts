import { decodeBinaryTensor } from '../binary-tensor.ts';
import type { WireTensor } from '../message.ts';
import { nameInput } from '../quote-name.ts';
import type { InputHead } from './input-head.ts';

/** One entry of `raw_input_contents` → its tensor, a view of `bytes` where they are aligned. Throws `ContractError`. */
export function decodeRawContents(head: InputHead, bytes: Uint8Array): WireTensor {
  const { name, model, dtype, shape, parameters } = head;
  const elements = decodeBinaryTensor(bytes, { dtype, shape, inputName: name, subject: nameInput(name, model) });
  return { name, shape, ...(parameters === undefined ? {} : { parameters }), ...elements };
}
