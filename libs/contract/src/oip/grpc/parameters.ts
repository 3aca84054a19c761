import { create } from '@bufbuild/protobuf';
import type { Parameters } from '../message.ts';
import type { InferParameter } from './generated/inference/grpc_service_pb.ts';
import { InferParameterSchema } from './generated/inference/grpc_service_pb.ts';
import { parameterError } from './problems.ts';

type ParameterMap = Readonly<Record<string, InferParameter>>;

const MAX_INT64 = 2n ** 63n - 1n;

/** 64-bit integers become numbers where that is exact. Throws `INVALID_REQUEST` for a parameter without a value. */
export function decodeParameters(map: ParameterMap): Parameters {
  return Object.fromEntries(Object.entries(map).map(([name, parameter]) => [name, decodeParameter(name, parameter)]));
}

function decodeParameter(name: string, { parameterChoice }: InferParameter): Parameters[string] {
  const { value } = parameterChoice;
  if (value === undefined) throw parameterError(name, 'expected a value of one of its types, got none.');
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

export function encodeParameters(parameters: Parameters = {}): Record<string, InferParameter> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      create(InferParameterSchema, { parameterChoice: choiceOf(value) }),
    ]),
  );
}

function choiceOf(value: Parameters[string]): Exclude<InferParameter['parameterChoice'], { case: undefined }> {
  if (typeof value === 'boolean') return { case: 'boolParam', value };
  if (typeof value === 'string') return { case: 'stringParam', value };
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return { case: 'doubleParam', value };
  const integer = BigInt(value);
  return integer > MAX_INT64 ? { case: 'uint64Param', value: integer } : { case: 'int64Param', value: integer };
}
