import { quoteText, type Dtype } from '@web-single/tensor';
import { dtypeOf } from '../datatype.ts';
import type { Parameters } from '../message.ts';
import { refuseSharedMemory } from '../parameters.ts';
import { nameInput } from '../quote-name.ts';
import type { ModelInferRequest_InferInputTensor } from './generated/inference/grpc_service_pb.ts';
import { decodeParameters } from './parameters.ts';
import { inputError, type InputPlace } from './problems.ts';

/** All of an input but its elements, checked. */
export interface InputHead extends InputPlace {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Product of the shape, a safe integer. */
  readonly count: number;
  readonly parameters?: Parameters;
}

/** Throws `INVALID_REQUEST`, `INPUT_MISMATCH` for BF16, `NOT_IMPLEMENTED` for shared memory. */
export function headOf(input: ModelInferRequest_InferInputTensor, model: string): InputHead {
  const place = { name: input.name, model };
  const parameters = decodeParameters(input.parameters);
  refuseSharedMemory(nameInput(input.name, model), parameters);
  const shape = shapeOf(input, place);
  return {
    ...place,
    dtype: datatypeOrThrow(input.datatype, place),
    shape,
    count: countOf(shape, place),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
  };
}

function datatypeOrThrow(datatype: string, place: InputPlace): Dtype {
  const dtype = dtypeOf(datatype);
  if (dtype !== undefined) return dtype;
  if (datatype === 'BF16')
    throw inputError('INPUT_MISMATCH', place, 'the runtime of this server has no BF16; send FP16 or FP32.');
  throw inputError('INVALID_REQUEST', place, `${quoteText(datatype)} is no datatype; FP32, INT64 and BYTES are some.`);
}

function shapeOf({ shape }: ModelInferRequest_InferInputTensor, place: InputPlace): number[] {
  return shape.map((size) => {
    const number = Number(size);
    if (number >= 0 && Number.isSafeInteger(number)) return number;
    const text = `shape [${shape.join(', ')}]: expected whole numbers from 0 to ${Number.MAX_SAFE_INTEGER}.`;
    throw inputError('INVALID_REQUEST', place, text);
  });
}

function countOf(shape: readonly number[], place: InputPlace): number {
  if (shape.includes(0)) return 0;
  const count = shape.reduce((product, size) => product * size, 1);
  // 8 bytes per element at most: the size in bytes stays exact as well.
  if (count <= Number.MAX_SAFE_INTEGER / 8) return count;
  const text = `shape [${shape.join(', ')}] causes total element count to exceed maximum size of ${Number.MAX_SAFE_INTEGER}.`;
  throw inputError('INVALID_REQUEST', place, text);
}
