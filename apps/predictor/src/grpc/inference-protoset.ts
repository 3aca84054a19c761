import { GRPCInferenceService } from '@web-single/contract';
import { descriptorSet } from './descriptor-set.ts';

/** The declaration of the Open Inference Protocol over gRPC, as a file of `protoc`. */
export const inferenceProtoset = (): Uint8Array => descriptorSet(GRPCInferenceService);
