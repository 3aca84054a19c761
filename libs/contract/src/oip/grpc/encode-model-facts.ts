import { create } from '@bufbuild/protobuf';
import type { ConfigDatatype, ConfigTensor, ModelConfig } from '../model-config.ts';
import type {
  ModelMetadata,
  ModelStatistics,
  RepositoryEntry,
  ServerMetadata,
  StatisticDuration,
  TensorMetadata,
} from '../model-facts.ts';
import type {
  ModelConfigResponse,
  ModelMetadataResponse,
  ModelStatisticsResponse,
  RepositoryIndexResponse,
  ServerMetadataResponse,
} from './generated/inference/grpc_service_pb.ts';
import {
  ModelConfigResponseSchema,
  ModelMetadataResponseSchema,
  ModelStatisticsResponseSchema,
  RepositoryIndexResponseSchema,
  ServerMetadataResponseSchema,
} from './generated/inference/grpc_service_pb.ts';
import { DataType, ModelInstanceGroup_Kind } from './generated/inference/model_config_pb.ts';

export function encodeServerMetadata({ name, version, extensions }: ServerMetadata): ServerMetadataResponse {
  return create(ServerMetadataResponseSchema, { name, version, extensions: [...extensions] });
}

export function encodeModelMetadata(metadata: ModelMetadata): ModelMetadataResponse {
  const { name, versions, platform, inputs, outputs } = metadata;
  return create(ModelMetadataResponseSchema, {
    name,
    versions: [...versions],
    platform,
    inputs: inputs.map(encodeTensor),
    outputs: outputs.map(encodeTensor),
  });
}

const encodeTensor = ({ name, datatype, shape }: TensorMetadata) => ({ name, datatype, shape: shape.map(BigInt) });

const dataTypes: { readonly [D in ConfigDatatype]: DataType } = DataType;

export function encodeModelConfig(config: ModelConfig): ModelConfigResponse {
  const { name, platform, backend, instance_group, dynamic_batching, parameters } = config;
  return create(ModelConfigResponseSchema, {
    config: {
      name,
      platform,
      backend,
      maxBatchSize: config.max_batch_size,
      input: config.input.map(encodeConfigTensor),
      output: config.output.map(encodeConfigTensor),
      instanceGroup: instance_group.map((group) => ({ ...group, kind: ModelInstanceGroup_Kind.CPU })),
      defaultModelFilename: config.default_model_filename,
      ...(dynamic_batching === undefined
        ? {}
        : { dynamicBatching: { maxQueueDelayMicroseconds: whole(dynamic_batching.max_queue_delay_microseconds) } }),
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([key, value]) => [key, { stringValue: value.string_value }]),
      ),
    },
  });
}

const encodeConfigTensor = ({ name, data_type, dims }: ConfigTensor) => ({
  name,
  dataType: dataTypes[data_type],
  dims: dims.map(BigInt),
});

export function encodeModelStatistics(models: readonly ModelStatistics[]): ModelStatisticsResponse {
  return create(ModelStatisticsResponseSchema, {
    modelStats: models.map((model) => ({
      name: model.name,
      version: model.version,
      lastInference: whole(model.last_inference),
      inferenceCount: whole(model.inference_count),
      executionCount: whole(model.execution_count),
      inferenceStats: {
        success: encodeDuration(model.inference_stats.success),
        fail: encodeDuration(model.inference_stats.fail),
        queue: encodeDuration(model.inference_stats.queue),
        computeInput: encodeDuration(model.inference_stats.compute_input),
        computeInfer: encodeDuration(model.inference_stats.compute_infer),
        computeOutput: encodeDuration(model.inference_stats.compute_output),
        cacheHit: encodeDuration(model.inference_stats.cache_hit),
        cacheMiss: encodeDuration(model.inference_stats.cache_miss),
      },
      batchStats: model.batch_stats.map((batch) => ({
        batchSize: whole(batch.batch_size),
        computeInput: encodeDuration(batch.compute_input),
        computeInfer: encodeDuration(batch.compute_infer),
        computeOutput: encodeDuration(batch.compute_output),
      })),
    })),
  });
}

const encodeDuration = ({ count, ns }: StatisticDuration) => ({ count: whole(count), ns: whole(ns) });

/** Counters may hold fractions of a nanosecond. */
const whole = (value: number): bigint => BigInt(Math.round(value));

export function encodeRepositoryIndex(entries: readonly RepositoryEntry[]): RepositoryIndexResponse {
  return create(RepositoryIndexResponseSchema, { models: entries.map((entry) => ({ ...entry })) });
}
