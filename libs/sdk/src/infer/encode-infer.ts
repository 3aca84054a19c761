import { refuseLoss } from '../encode-rows.ts';
import { concatenate } from './concatenate.ts';
import { encodeTensors } from './encode-tensors.ts';
import type { InferOptions } from './infer-options.ts';
import type { InputTensors } from './tensor.ts';

export interface EncodedInfer {
  /** JSON, and behind it the bytes of the tensors in its order. */
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headerLength: number;
}

/** The body of an infer request over REST, all tensors as bytes, those of the answer too. */
export function encodeInfer(tensors: InputTensors, options: InferOptions): EncodedInfer {
  const { id, outputs, parameters, level } = options;
  const inputs = encodeTensors(tensors);
  const request = {
    id,
    // For all outputs, and below for each that is named: servers differ in which of the two they look at.
    parameters: { ...parameters, ...(level && { level }), binary_data_output: true },
    inputs: inputs.map(({ bytes, ...input }) => ({ ...input, parameters: { binary_data_size: bytes.length } })),
    outputs: outputs?.map((name) => ({ name, parameters: { binary_data: true } })),
  };
  const head = new TextEncoder().encode(JSON.stringify(request, refuseLoss));
  return { body: concatenate([head, ...inputs.map(({ bytes }) => bytes)]), headerLength: head.length };
}
