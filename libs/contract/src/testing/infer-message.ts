import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  ModelInferRequestSchema,
  type ModelInferRequest,
  type ModelInferRequest_InferInputTensorSchema,
} from '../oip/grpc/generated/inference/grpc_service_pb.ts';

type RequestInit = MessageInitShape<typeof ModelInferRequestSchema>;
type InputInit = MessageInitShape<typeof ModelInferRequest_InferInputTensorSchema>;

/** A gRPC infer request for model "echo"; whatever is given replaces the default. */
export function inferMessage(init: RequestInit): ModelInferRequest {
  return create(ModelInferRequestSchema, { modelName: 'echo', ...(init as object) });
}

/** An input "x", FP32 [2], without contents. */
export function inferInput(init: InputInit = {}): InputInit {
  return { name: 'x', datatype: 'FP32', shape: [2n], ...(init as object) };
}

/** The code of the error that `run` throws; fails where it throws none. */
export function codeThrownBy(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
  return 'nothing thrown';
}
