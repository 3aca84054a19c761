import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import {
  encodeModelConfig,
  encodeModelMetadata,
  encodeModelStatistics,
  encodeRepositoryIndex,
  encodeServerMetadata,
} from './encode-model-facts.ts';
import { ModelConfigResponseSchema } from './generated/inference/grpc_service_pb.ts';
import { DataType, ModelInstanceGroup_Kind } from './generated/inference/model_config_pb.ts';

const none = { count: 0, ns: 0 };
const run = { count: 2, ns: 1500.4 };

describe('encodeServerMetadata', () => {
  it('carries name, version and extensions', () => {
    const message = encodeServerMetadata({ name: 'web-single', version: '0.1.0', extensions: ['statistics'] });

    expect(message).toMatchObject({ name: 'web-single', version: '0.1.0', extensions: ['statistics'] });
  });
});

describe('encodeModelMetadata', () => {
  it('keeps −1 for dimensions that vary; properties stay at home', () => {
    const message = encodeModelMetadata({
      name: 'echo',
      versions: ['1', '2'],
      platform: 'onnxruntime_onnx',
      inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 4] }],
      outputs: [{ name: 'y', datatype: 'BYTES', shape: [-1] }],
      properties: { digest: 'sha256:00' },
    });

    expect(message.versions).toEqual(['1', '2']);
    expect(message.inputs).toMatchObject([{ name: 'x', datatype: 'FP32', shape: [-1n, 4n] }]);
    expect(message.outputs).toMatchObject([{ name: 'y', datatype: 'BYTES', shape: [-1n] }]);
    expect(message).not.toHaveProperty('properties');
  });
});

describe('encodeModelConfig', () => {
  it('survives the wire', () => {
    const message = encodeModelConfig({
      name: 'echo',
      platform: 'onnxruntime_onnx',
      backend: 'onnxruntime',
      max_batch_size: 8,
      input: [{ name: 'x', data_type: 'TYPE_FP32', dims: [4] }],
      output: [{ name: 'y', data_type: 'TYPE_STRING', dims: [] }],
      instance_group: [{ name: 'echo_0', count: 2, kind: 'KIND_CPU' }],
      default_model_filename: 'model.onnx',
      dynamic_batching: { max_queue_delay_microseconds: 500 },
      parameters: { digest: { string_value: 'sha256:00' } },
    });

    const { config } = fromBinary(ModelConfigResponseSchema, toBinary(ModelConfigResponseSchema, message));
    expect(config).toMatchObject({
      name: 'echo',
      platform: 'onnxruntime_onnx',
      backend: 'onnxruntime',
      maxBatchSize: 8,
      input: [{ name: 'x', dataType: DataType.TYPE_FP32, dims: [4n] }],
      output: [{ name: 'y', dataType: DataType.TYPE_STRING, dims: [] }],
      instanceGroup: [{ name: 'echo_0', count: 2, kind: ModelInstanceGroup_Kind.CPU }],
      defaultModelFilename: 'model.onnx',
      dynamicBatching: { maxQueueDelayMicroseconds: 500n },
      parameters: { digest: { stringValue: 'sha256:00' } },
    });
  });
});

describe('encodeModelStatistics', () => {
  it('counts in whole numbers', () => {
    const { modelStats } = encodeModelStatistics([
      {
        name: 'echo',
        version: '1',
        last_inference: 1_700_000_000_000,
        inference_count: 64,
        execution_count: 1,
        inference_stats: {
          success: run,
          fail: none,
          queue: run,
          compute_input: none,
          compute_infer: run,
          compute_output: none,
          cache_hit: none,
          cache_miss: none,
        },
        batch_stats: [{ batch_size: 64, compute_input: none, compute_infer: run, compute_output: none }],
      },
    ]);

    expect(modelStats[0]).toMatchObject({
      lastInference: 1_700_000_000_000n,
      inferenceCount: 64n,
      executionCount: 1n,
      inferenceStats: { success: { count: 2n, ns: 1500n }, fail: { count: 0n, ns: 0n } },
      batchStats: [{ batchSize: 64n, computeInfer: { count: 2n, ns: 1500n } }],
    });
  });
});

describe('encodeRepositoryIndex', () => {
  it('lists models with state and reason', () => {
    const entry = { name: 'echo', version: '1', state: 'UNAVAILABLE', reason: 'digest' } as const;

    expect(encodeRepositoryIndex([entry]).models).toMatchObject([entry]);
  });
});
