import { ContractError } from '../../contract-error.ts';
import { checkBytesElements } from '../bytes-elements.ts';
import type { InferRequest, RequestedOutput, WireTensor } from '../message.ts';
import { checkRequestParameters, requestedOutput } from '../parameters.ts';
import type {
  ModelInferRequest,
  ModelInferRequest_InferRequestedOutputTensor,
} from './generated/inference/grpc_service_pb.ts';
import { headOf } from './input-head.ts';
import { decodeParameters } from './parameters.ts';
import { parameterError } from './problems.ts';
import { decodeRawContents } from './raw-contents.ts';
import { decodeTypedContents } from './typed-contents.ts';

/** The request parameter that asks for typed contents in the answer: ours, and of gRPC alone. */
const TYPED_CONTENTS = 'typed_contents';

/** Names in error texts that clients compare whole are not quoted by our rules; nothing that breaks a line, and not endless. */
const plain = (name: string): string => name.replaceAll(/\p{Cc}/gu, ' ').slice(0, 128);

/**
 * A gRPC infer request as the core takes it; without `typed_contents`, which `wantsTypedContents` reads. Elements of raw
 * contents stay views of the message's memory where they are aligned. Throws `ContractError`.
 */
export function decodeModelInfer(message: ModelInferRequest): InferRequest {
  const { [TYPED_CONTENTS]: _ours, ...parameters } = decodeParameters(message.parameters);
  checkRequestParameters(parameters);
  return {
    ...(message.id === '' ? {} : { id: message.id }),
    inputs: message.rawInputContents.length > 0 ? decodeRawInputs(message) : decodeTypedInputs(message),
    ...(message.outputs.length === 0 ? {} : { outputs: message.outputs.map(decodeOutput) }),
    parameters,
  };
}

/** Whether the caller wants `contents` in the answer instead of raw ones. Throws `INVALID_REQUEST` for what is no boolean. */
export function wantsTypedContents(message: ModelInferRequest): boolean {
  const value = message.parameters[TYPED_CONTENTS]?.parameterChoice;
  if (value === undefined) return false;
  if (value.case === 'boolParam') return value.value;
  throw parameterError(TYPED_CONTENTS, 'expected a bool_param.');
}

function decodeRawInputs({ modelName, inputs, rawInputContents }: ModelInferRequest): WireTensor[] {
  const typed = inputs.find(({ contents }) => contents !== undefined);
  if (typed !== undefined) {
    const place = `'${plain(typed.name)}' for model '${plain(modelName)}'`;
    throw new ContractError(
      'INVALID_REQUEST',
      `contents field must not be specified when using raw_input_contents for ${place}`,
    );
  }
  if (rawInputContents.length !== inputs.length) {
    const counts = `got ${rawInputContents.length} for ${inputs.length} inputs of model '${plain(modelName)}'`;
    throw new ContractError('INVALID_REQUEST', `Expected one entry of raw_input_contents per input, ${counts}.`);
  }
  const heads = inputs.map((input) => headOf(input, modelName));
  checkBytesElements(heads.reduce((sum, { dtype, count }) => (dtype === 'string' ? sum + count : sum), 0));
  return heads.map((head, index) => decodeRawContents(head, rawInputContents[index]!));
}

function decodeTypedInputs({ modelName, inputs }: ModelInferRequest): WireTensor[] {
  return inputs.map((input) => decodeTypedContents(headOf(input, modelName), input.contents));
}

function decodeOutput(output: ModelInferRequest_InferRequestedOutputTensor): RequestedOutput {
  return requestedOutput(output.name, decodeParameters(output.parameters));
}
