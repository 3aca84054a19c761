/** Element types as a model configuration names them. */
export type ConfigDatatype =
  | 'TYPE_BOOL'
  | 'TYPE_UINT8'
  | 'TYPE_UINT16'
  | 'TYPE_UINT32'
  | 'TYPE_UINT64'
  | 'TYPE_INT8'
  | 'TYPE_INT16'
  | 'TYPE_INT32'
  | 'TYPE_INT64'
  | 'TYPE_FP16'
  | 'TYPE_FP32'
  | 'TYPE_FP64'
  | 'TYPE_STRING'
  | 'TYPE_BF16';

/** `dims` leave out the batch where `max_batch_size` is above 0. */
export interface ConfigTensor {
  readonly name: string;
  readonly data_type: ConfigDatatype;
  readonly dims: readonly number[];
}

/** The part of Triton's ModelConfig that says something about us. */
export interface ModelConfig {
  readonly name: string;
  readonly platform: 'onnxruntime_onnx';
  readonly backend: 'onnxruntime';
  /** 0: no batch dimension. */
  readonly max_batch_size: number;
  readonly input: readonly ConfigTensor[];
  readonly output: readonly ConfigTensor[];
  readonly instance_group: readonly { readonly name: string; readonly count: number; readonly kind: 'KIND_CPU' }[];
  readonly default_model_filename: string;
  readonly dynamic_batching?: { readonly max_queue_delay_microseconds: number };
  readonly parameters: Readonly<Record<string, { readonly string_value: string }>>;
}
