import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { GRPCInferenceService } from '@web-single/contract';
import { describe, expect, it } from 'vitest';
import { descriptorSet } from './descriptor-set.ts';

describe('descriptorSet', () => {
  const set = fromBinary(FileDescriptorSetSchema, descriptorSet(GRPCInferenceService));

  it('names every file before those that import it', () => {
    expect(set.file.map(({ name }) => name)).toEqual(['inference/model_config.proto', 'inference/grpc_service.proto']);
  });

  it('declares the service and its messages to a reader that knows nothing else', () => {
    const service = createFileRegistry(set).getService('inference.GRPCInferenceService');

    expect(service?.method['modelInfer']?.input.fields.map(({ name }) => name)).toContain('raw_input_contents');
  });
});
