import type { Dtype, TensorSpec } from '@web-single/tensor';
import { datatypeOf } from './datatype.ts';
import type { ConfigDatatype, ConfigTensor, ModelConfig } from './model-config.ts';
import { levelProperties, wireShape } from './model-metadata.ts';
import type { OipModel } from './oip-model.ts';

/** The configuration of a model in Triton's words; its tensors are those of the session. */
export function modelConfig(model: OipModel): ModelConfig {
  const maxBatchSize = hasBatchEverywhere(model) ? model.maxRows : 0;
  const describe = (spec: TensorSpec): ConfigTensor => configTensor(spec, maxBatchSize > 0);
  return {
    name: model.name,
    platform: 'onnxruntime_onnx',
    backend: 'onnxruntime',
    max_batch_size: maxBatchSize,
    input: [...model.sessionInputs.values()].map(describe),
    output: [...model.sessionOutputs.values()].map(describe),
    instance_group: [{ name: `${model.name}_0`, count: model.instances, kind: 'KIND_CPU' }],
    default_model_filename: 'model.onnx',
    ...(maxBatchSize > 0 && {
      dynamic_batching: { max_queue_delay_microseconds: Math.round(model.maxDelayMs * 1000) },
    }),
    parameters: Object.fromEntries(
      Object.entries(levelProperties(model)).map(([name, text]) => [name, { string_value: text }]),
    ),
  };
}

/** `dims` can leave out the batch only where every tensor has it first. */
function hasBatchEverywhere({ batchable, sessionInputs, sessionOutputs }: OipModel): boolean {
  const specs = [...sessionInputs.values(), ...sessionOutputs.values()];
  return batchable && specs.every(({ dims: [first] }) => first !== undefined && typeof first !== 'number');
}

function configTensor({ name, dtype, dims }: TensorSpec, hasBatch: boolean): ConfigTensor {
  return { name, data_type: configDatatype(dtype), dims: wireShape(hasBatch ? dims.slice(1) : dims) };
}

function configDatatype(dtype: Dtype): ConfigDatatype {
  return dtype === 'string' ? 'TYPE_STRING' : (`TYPE_${datatypeOf(dtype)}` as ConfigDatatype);
}
