import { describeValue } from '@web-single/tensor';
import { ContractError } from '../contract-error.ts';
import type { InferRequest, Parameters, RequestedOutput } from './message.ts';
import { quoteName } from './quote-name.ts';

const maxParameters = 256;

/** A parameter's value; where it belongs to a request, not to a tensor. */
type Check = (value: Parameters[string]) => boolean;

const isBoolean: Check = (value) => typeof value === 'boolean';
const isCount: Check = (value) =>
  (typeof value === 'bigint' && value >= 0n) || (typeof value === 'number' && Number.isInteger(value) && value >= 0);

/** Names with a meaning of their own, and what their values must be. */
const known: Readonly<Record<string, readonly [expected: string, check: Check]>> = {
  binary_data_output: ['true or false', isBoolean],
  priority: ['a whole number of at least 0', isCount],
  timeout: ['a whole number of microseconds', isCount],
  typed_contents: ['true or false', isBoolean],
  triton_enable_empty_final_response: ['true or false', isBoolean],
  level: ['"tensor" or "row"', (value) => value === 'tensor' || value === 'row'],
};

/** Checks the parameters of a whole request: values of the known ones; reserved names mean nothing else. */
export function checkRequestParameters(parameters: Parameters): void {
  for (const [name, value] of Object.entries(parameters)) {
    refuseSequence(name, value);
    const rule = Object.hasOwn(known, name) ? known[name] : undefined;
    if (rule !== undefined && !rule[1](value)) {
      throw invalid(`The parameter ${quoteName(name)}: expected ${rule[0]}, got ${describeValue(value)}.`);
    }
    if (rule === undefined && (name === 'headers' || name.startsWith('triton_'))) {
      throw invalid(`The parameter name ${quoteName(name)} is reserved.`);
    }
  }
}

/** The server keeps no state between requests. */
function refuseSequence(name: string, value: Parameters[string]): void {
  const isNone = value === 0 || value === 0n || value === '' || value === false;
  if (isNone || !['sequence_id', 'sequence_start', 'sequence_end'].includes(name)) return;
  throw new ContractError('NOT_IMPLEMENTED', `Sequences are not offered: leave the parameter ${quoteName(name)} out.`);
}

/** Refuses tensors that lie in memory the caller shares. */
export function refuseSharedMemory(subject: string, parameters: Parameters): void {
  if (!Object.keys(parameters).some((name) => name.startsWith('shared_memory_'))) return;
  throw new ContractError('NOT_IMPLEMENTED', `${subject}: shared memory is not offered; send the data.`);
}

/** The deadline a request sets itself, in ms; 0 and none are undefined. Throws `INVALID_REQUEST`. */
export function timeoutOf({ parameters }: InferRequest): number | undefined {
  const { timeout } = parameters;
  if (timeout === undefined) return undefined;
  checkRequestParameters({ timeout });
  const microseconds = Number(timeout);
  return microseconds === 0 ? undefined : microseconds / 1000;
}

/** A wanted output from its name and parameters, of any transport. */
export function requestedOutput(name: string, parameters: Parameters = {}): RequestedOutput {
  const subject = `Output ${quoteName(name)}`;
  refuseSharedMemory(subject, parameters);
  const { binary_data: binary, classification } = parameters;
  if (binary !== undefined && typeof binary !== 'boolean') {
    throw invalid(`${subject}: expected "binary_data" to be true or false, got ${describeValue(binary)}.`);
  }
  if (classification !== undefined && (!isCount(classification) || Number(classification) === 0)) {
    throw invalid(`${subject}: expected "classification" to be at least 1, got ${describeValue(classification)}.`);
  }
  return {
    name,
    ...(binary !== undefined && { binary }),
    ...(classification !== undefined && { classes: Number(classification) }),
  };
}

/** The member `parameters` of a JSON object: strings, numbers and booleans by name. */
export function readParameters(value: unknown, owner: string): Parameters {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(`${owner}: "parameters" must be an object.`);
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length > maxParameters) throw invalid(`${owner}: more than ${maxParameters} parameters.`);
  const wrong = entries.find(([, inner]) => !['string', 'number', 'boolean', 'bigint'].includes(typeof inner));
  if (wrong !== undefined) {
    throw invalid(
      `${owner}: the parameter ${quoteName(wrong[0])}: expected a string, a number or a boolean, got ${describeValue(wrong[1])}.`,
    );
  }
  return Object.fromEntries(entries) as Parameters;
}

const invalid = (message: string): ContractError => new ContractError('INVALID_REQUEST', message);
