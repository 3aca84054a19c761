import { create, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { encodeBinaryTensor } from '../binary-tensor.ts';
import type { InferResponse, WireTensor } from '../message.ts';
import type {
  ModelInferResponse,
  ModelInferResponse_InferOutputTensor,
  ModelStreamInferResponse,
} from './generated/inference/grpc_service_pb.ts';
import {
  ModelInferResponse_InferOutputTensorSchema,
  ModelInferResponseSchema,
  ModelStreamInferResponseSchema,
} from './generated/inference/grpc_service_pb.ts';
import { encodeParameters } from './parameters.ts';
import { encodeTypedContents } from './typed-contents.ts';

const RAW_OUTPUT_CONTENTS = 6;
const INFER_RESPONSE = 2;

/** All outputs raw, as views of their tensors' memory; or all of them typed. Throws `INVALID_REQUEST` for FP16 as typed contents. */
export function encodeModelInfer(
  response: InferResponse,
  { typedContents }: { readonly typedContents: boolean },
): ModelInferResponse {
  return create(ModelInferResponseSchema, {
    modelName: response.modelName,
    modelVersion: response.modelVersion,
    id: response.id ?? '',
    parameters: encodeParameters(response.parameters),
    outputs: response.outputs.map((output) => encodeOutput(output, typedContents)),
    rawOutputContents: typedContents ? [] : response.outputs.map(encodeBinaryTensor),
  });
}

function encodeOutput(output: WireTensor, typedContents: boolean): ModelInferResponse_InferOutputTensor {
  return create(ModelInferResponse_InferOutputTensorSchema, {
    name: output.name,
    datatype: output.datatype,
    shape: output.shape.map(BigInt),
    parameters: encodeParameters(output.parameters),
    ...(typedContents ? { contents: encodeTypedContents(output) } : {}),
  });
}

/** The message's bytes. Raw contents are copied once, into memory of the right size; `toBinary` copies them at least twice. */
export function writeModelInfer(message: ModelInferResponse): Uint8Array {
  return join(chunksOf(message));
}

/** As `writeModelInfer`, in the wrapper of a stream. */
export function writeModelStreamInfer(message: ModelStreamInferResponse): Uint8Array {
  const { inferResponse, errorMessage } = message;
  const wrapper = toBinary(ModelStreamInferResponseSchema, create(ModelStreamInferResponseSchema, { errorMessage }));
  if (inferResponse === undefined) return wrapper;
  const chunks = chunksOf(inferResponse);
  return join([wrapper, lengthPrefix(INFER_RESPONSE, sizeOf(chunks)), ...chunks]);
}

function chunksOf(message: ModelInferResponse): Uint8Array[] {
  const { rawOutputContents, ...rest } = message;
  const head = toBinary(ModelInferResponseSchema, { ...rest, rawOutputContents: [] });
  return [head, ...rawOutputContents.flatMap((bytes) => [lengthPrefix(RAW_OUTPUT_CONTENTS, bytes.length), bytes])];
}

function lengthPrefix(field: number, sizeBytes: number): Uint8Array {
  return new BinaryWriter().tag(field, WireType.LengthDelimited).uint32(sizeBytes).finish();
}

function sizeOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(sizeOf(chunks));
  let position = 0;
  for (const chunk of chunks) {
    joined.set(chunk, position);
    position += chunk.length;
  }
  return joined;
}
