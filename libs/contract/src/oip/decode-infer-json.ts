import { ContractError } from '../contract-error.ts';
import { BinaryReader } from './binary-reader.ts';
import { describeJson } from './describe-json.ts';
import { decodeJsonInput } from './decode-json-input.ts';
import type { InferRequest, RequestedOutput, WireTensor } from './message.ts';
import { checkRequestParameters, readParameters, requestedOutput } from './parameters.ts';
import { quoteName } from './quote-name.ts';

const maxIdLength = 1024;
/** Most inputs, and most outputs; gRPC has the same limit. */
const maxTensors = 1024;

/**
 * An infer request from its parsed JSON, integers beyond ±(2^53 − 1) as bigint, and the bytes behind it. Strict where the
 * protocol has a rule, silent about members it does not know. Binary tensors are views of `binary` where it is aligned.
 * Throws `INVALID_REQUEST` and `NOT_IMPLEMENTED`.
 */
export function decodeInferJson(value: unknown, binary: Uint8Array, modelName?: string): InferRequest {
  if (!isObject(value)) throw invalid(`The request: expected an object, got ${describeJson(value)}.`);
  const parameters = readParameters(value['parameters'], 'The request');
  checkRequestParameters(parameters);
  const id = readId(value['id']);
  const outputs = readOutputs(value['outputs']);
  return {
    ...(id !== undefined && { id }),
    inputs: readInputs(value['inputs'], new BinaryReader(binary, modelName)),
    ...(outputs !== undefined && { outputs }),
    parameters,
    binaryOutputs: parameters['binary_data_output'] === true,
  };
}

function readId(id: unknown): string | undefined {
  if (id === undefined || id === null) return undefined;
  if (typeof id === 'string' && id.length <= maxIdLength) return id;
  throw invalid(`The request: expected "id" to be a string of at most ${maxIdLength} characters.`);
}

function readInputs(inputs: unknown, binary: BinaryReader): readonly WireTensor[] {
  const list = readList(inputs, 'inputs');
  const names = new Set<string>();
  const tensors = list.map((input: unknown, index): WireTensor => {
    const [name, members] = readNamed(input, `inputs[${index}]`);
    if (names.has(name)) throw invalid(`Input ${quoteName(name)} is in the request twice.`);
    names.add(name);
    return decodeJsonInput(name, members, binary);
  });
  binary.end();
  return tensors;
}

function readOutputs(outputs: unknown): readonly RequestedOutput[] | undefined {
  if (outputs === undefined || outputs === null) return undefined;
  const list = readList(outputs, 'outputs');
  return list.map((output: unknown, index) => {
    const [name, members] = readNamed(output, `outputs[${index}]`);
    return requestedOutput(name, readParameters(members['parameters'], `Output ${quoteName(name)}`));
  });
}

function readList(value: unknown, member: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(`"${member}": expected an array, got ${describeJson(value)}.`);
  if (value.length <= maxTensors) return value;
  throw invalid(`"${member}": expected at most ${maxTensors}, got ${value.length}.`);
}

function readNamed(value: unknown, where: string): [string, Readonly<Record<string, unknown>>] {
  if (!isObject(value)) throw invalid(`"${where}": expected an object, got ${describeJson(value)}.`);
  const { name } = value;
  if (typeof name === 'string' && name !== '') return [name, value];
  throw invalid(
    `"${where}": expected "name" to be a string, got ${name === '' ? 'an empty one' : describeJson(name)}.`,
  );
}

/** Only its own members count: `Object.entries` and the parser make no others. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const invalid = (message: string): ContractError => new ContractError('INVALID_REQUEST', message);
