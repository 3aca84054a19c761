import { concatenate } from '../infer/concatenate.ts';
import { encodeTensors } from '../infer/encode-tensors.ts';
import type { EncodedTensor } from '../infer/encode-tensors.ts';
import type { InferOptions } from '../infer/infer-options.ts';
import type { InputTensors } from '../infer/tensor.ts';
import { invalidInput } from '../predictor-error.ts';
import { bytesField, doubleField, integerField, textField, varint } from './protobuf/write-fields.ts';
import type { Chunks } from './protobuf/write-fields.ts';

/** A `ModelInferRequest` with raw contents: the tensors' bytes are copied once, into it. */
export function encodeModelInfer(model: string, tensors: InputTensors, options: InferOptions): Uint8Array {
  const { version = '', id = '', outputs = [], parameters = {}, level } = options;
  const inputs = encodeTensors(tensors);
  const given = level === undefined ? parameters : { ...parameters, level };
  return concatenate([
    ...textField(1, model),
    ...textField(2, version),
    ...textField(3, id),
    ...Object.entries(given).flatMap(([name, value]) => parameterField(name, value)),
    ...inputs.flatMap(inputField),
    ...outputs.flatMap((name) => bytesField(6, ...textField(1, name))),
    ...inputs.flatMap(({ bytes }) => bytesField(7, bytes)),
  ]);
}

function inputField({ name, datatype, shape }: EncodedTensor): Chunks {
  const dims = bytesField(3, Uint8Array.from(shape.flatMap(varint)));
  return bytesField(5, ...textField(1, name), ...textField(2, datatype), ...dims);
}

/** One entry of the map of parameters. */
function parameterField(name: string, value: unknown): Chunks {
  return bytesField(4, ...textField(1, name), ...bytesField(2, ...parameterValue(name, value)));
}

function parameterValue(name: string, value: unknown): Chunks {
  if (typeof value === 'boolean') return integerField(1, Number(value));
  if (typeof value === 'string') return bytesField(3, new TextEncoder().encode(value));
  if (!Number.isFinite(value)) {
    throw invalidInput(`The parameter ${JSON.stringify(name)} must be a string, a boolean or a finite number.`);
  }
  return Number.isSafeInteger(value) ? integerField(2, value as number) : doubleField(4, value as number);
}
