import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { tensor, type Dtype, type Tensor } from '@web-single/tensor';
import { describe, expect, it } from 'vitest';
import { codeThrownBy } from '../../testing/infer-message.ts';
import { datatypeOf } from '../datatype.ts';
import type { InferResponse, WireTensor } from '../message.ts';
import { decodeModelInfer } from './decode-model-infer.ts';
import { encodeModelInfer, writeModelInfer, writeModelStreamInfer } from './encode-model-infer.ts';
import {
  ModelInferRequestSchema,
  ModelInferResponseSchema,
  ModelStreamInferResponseSchema,
} from './generated/inference/grpc_service_pb.ts';

const wire = (name: string, value: Tensor): WireTensor =>
  ({ name, shape: value.shape, datatype: datatypeOf(value.dtype), tensor: value }) as WireTensor;

const bytes: WireTensor = {
  name: 'text',
  shape: [2],
  datatype: 'BYTES',
  elements: [Uint8Array.of(0xff, 0), new TextEncoder().encode('ü')],
};

const everyDtype: readonly WireTensor[] = [
  wire('bool', tensor<Dtype>('bool', [2], Uint8Array.of(0, 1))),
  wire('int8', tensor<Dtype>('int8', [2], Int8Array.of(-128, 127))),
  wire('uint8', tensor<Dtype>('uint8', [2], Uint8Array.of(0, 255))),
  wire('int16', tensor<Dtype>('int16', [2], Int16Array.of(-32768, 32767))),
  wire('uint16', tensor<Dtype>('uint16', [2], Uint16Array.of(0, 65535))),
  wire('int32', tensor<Dtype>('int32', [2], Int32Array.of(-(2 ** 31), 2 ** 31 - 1))),
  wire('uint32', tensor<Dtype>('uint32', [2], Uint32Array.of(0, 2 ** 32 - 1))),
  wire('int64', tensor<Dtype>('int64', [2], BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n))),
  wire('uint64', tensor<Dtype>('uint64', [2], BigUint64Array.of(0n, 2n ** 64n - 1n))),
  wire('float32', tensor<Dtype>('float32', [2], Float32Array.of(1e-45, Number.NaN))),
  wire('float64', tensor<Dtype>('float64', [2], Float64Array.of(5e-324, -Infinity))),
  bytes,
];
const half = wire('float16', tensor<Dtype>('float16', [2], Uint16Array.of(1, 0x7e01)));

const response = (...outputs: WireTensor[]): InferResponse => ({
  modelName: 'echo',
  modelVersion: '1',
  id: 'r-1',
  parameters: { count: 2, share: 0.5, name: 'n', sure: true, big: 2n ** 63n },
  outputs,
});

/** What a client would send to get the tensors of an answer back. */
function readBack(message: ReturnType<typeof encodeModelInfer>): readonly WireTensor[] {
  const inputs = message.outputs.map(({ name, datatype, shape, contents }) => ({
    name,
    datatype,
    shape,
    ...(contents === undefined ? {} : { contents }),
  }));
  const request = create(ModelInferRequestSchema, { inputs, rawInputContents: message.rawOutputContents });
  return decodeModelInfer(request).inputs;
}

describe('encodeModelInfer', () => {
  it('answers raw, every datatype bit by bit', () => {
    const message = encodeModelInfer(response(...everyDtype, half), { typedContents: false });

    expect(message.outputs.every(({ contents }) => contents === undefined)).toBe(true);
    expect(readBack(fromBinary(ModelInferResponseSchema, writeModelInfer(message)))).toEqual([...everyDtype, half]);
  });

  it('answers typed contents where they are wanted, and then nothing raw', () => {
    const message = encodeModelInfer(response(...everyDtype), { typedContents: true });

    expect(message.rawOutputContents).toEqual([]);
    expect(readBack(fromBinary(ModelInferResponseSchema, writeModelInfer(message)))).toEqual(everyDtype);
  });

  it('refuses FP16 as typed contents', () => {
    expect(codeThrownBy(() => encodeModelInfer(response(half), { typedContents: true }))).toBe('INVALID_REQUEST');
  });

  it('takes raw contents from the memory of the tensor', () => {
    const data = Float32Array.of(1, 2);

    const message = encodeModelInfer(response(wire('y', tensor<Dtype>('float32', [2], data))), {
      typedContents: false,
    });

    expect(message.rawOutputContents[0]?.buffer).toBe(data.buffer);
  });

  it('gives parameters the narrowest type that is exact', () => {
    const { parameters } = encodeModelInfer(response(), { typedContents: false });

    expect(
      Object.fromEntries(Object.entries(parameters).map(([name, { parameterChoice }]) => [name, parameterChoice.case])),
    ).toEqual({
      count: 'int64Param',
      share: 'doubleParam',
      name: 'stringParam',
      sure: 'boolParam',
      big: 'uint64Param',
    });
  });
});

describe('writeModelInfer', () => {
  it('writes what the message says', () => {
    const message = encodeModelInfer(response(...everyDtype), { typedContents: false });

    expect(fromBinary(ModelInferResponseSchema, writeModelInfer(message))).toEqual(
      fromBinary(ModelInferResponseSchema, toBinary(ModelInferResponseSchema, message)),
    );
  });
});

describe('writeModelStreamInfer', () => {
  it.each(['', 'There is no such model.'])('writes the wrapper, error_message %j', (errorMessage) => {
    const inferResponse = encodeModelInfer(response(...everyDtype), { typedContents: false });
    const message = create(ModelStreamInferResponseSchema, { errorMessage, inferResponse });

    expect(fromBinary(ModelStreamInferResponseSchema, writeModelStreamInfer(message))).toEqual(
      fromBinary(ModelStreamInferResponseSchema, toBinary(ModelStreamInferResponseSchema, message)),
    );
  });

  it('writes an error alone', () => {
    const message = create(ModelStreamInferResponseSchema, { errorMessage: 'no' });

    expect(fromBinary(ModelStreamInferResponseSchema, writeModelStreamInfer(message)).inferResponse).toBeUndefined();
  });
});
