import { dtypes } from '@web-single/tensor';
import type { TensorSpec } from '@web-single/tensor';
import { ContractError } from '../contract-error.ts';
import { decodeBinaryTensor } from './binary-tensor.ts';
import { datatypeOf } from './datatype.ts';
import type { InferRequest, WireTensor } from './message.ts';
import { wireShape } from './model-metadata.ts';
import type { OipModel } from './oip-model.ts';
import { nameInput, quoteName } from './quote-name.ts';

/**
 * A body without JSON as the one input of a model's session, batch 1; all outputs go back as bytes. Only where the shape
 * follows from the size: at most one dim may vary. One text has no length in front. Throws `INVALID_REQUEST`.
 */
export function decodeRawInfer(raw: Uint8Array, model: OipModel): InferRequest {
  const [spec, ...others] = model.sessionInputs.values();
  if (spec === undefined || others.length > 0) {
    throw invalid(
      `A body without JSON is for models with one input, model ${quoteName(model.name)} has ${model.sessionInputs.size}.`,
    );
  }
  return { inputs: [readInput(raw, spec, model)], parameters: {}, binaryOutputs: true };
}

function readInput(raw: Uint8Array, spec: TensorSpec, model: OipModel): WireTensor {
  const { name, dtype } = spec;
  const subject = nameInput(name, model.name);
  const batch = model.batchable ? [1] : [];
  const dims = wireShape(spec.dims).slice(batch.length);
  if (dtype === 'string') {
    const isOne = dims.length <= 1 && dims.every((size) => size === 1);
    if (!isOne) throw invalid(`${subject}: a body without JSON is one text, for BYTES of shape [1]; ${shown(spec)}.`);
    return { name, shape: [...batch, ...dims], datatype: 'BYTES', elements: [raw] };
  }
  if (dims.filter((size) => size < 0).length > 1) {
    throw invalid(`${subject}: a body without JSON leaves one dimension open at most; ${shown(spec)}.`);
  }
  const fixed = dims.reduce((product, size) => (size < 0 ? product : product * size), 1);
  const open = raw.length / (fixed * (dtypes[dtype].bytesPerElement ?? 1));
  const shape = [...batch, ...dims.map((size) => (size < 0 ? open : size))];
  if (!shape.every(Number.isSafeInteger)) {
    throw invalid(`${subject}: ${raw.length} bytes are not a multiple of its elements; ${shown(spec)}.`);
  }
  return { name, shape, ...decodeBinaryTensor(raw, { dtype, shape, subject, inputName: name }) };
}

function shown({ dtype, dims }: TensorSpec): string {
  return `it is ${datatypeOf(dtype)} [${wireShape(dims).join(', ')}]`;
}

const invalid = (message: string): ContractError => new ContractError('INVALID_REQUEST', message);
