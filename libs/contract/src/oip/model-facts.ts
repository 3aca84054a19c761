import type { Datatype } from './datatype.ts';

/** One input or output of a model: the full shape, −1 where a dimension varies. */
export interface TensorMetadata {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
}

/** `GET /v2` and `ServerMetadata`. */
export interface ServerMetadata {
  readonly name: string;
  readonly version: string;
  /** Only what works on the listener that is asked. */
  readonly extensions: readonly string[];
}

/** `GET /v2/models/{model}` and `ModelMetadata`. `properties` go over REST only: the gRPC field for them differs from server to server. */
export interface ModelMetadata {
  readonly name: string;
  readonly versions: readonly string[];
  readonly platform: 'onnxruntime_onnx';
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
  readonly properties: Readonly<Record<string, string>>;
}

/** A count and the nanoseconds it took in all. */
export interface StatisticDuration {
  readonly count: number;
  readonly ns: number;
}

export type StatisticName =
  'success' | 'fail' | 'queue' | 'compute_input' | 'compute_infer' | 'compute_output' | 'cache_hit' | 'cache_miss';

export interface BatchStatistic {
  readonly batch_size: number;
  readonly compute_input: StatisticDuration;
  readonly compute_infer: StatisticDuration;
  readonly compute_output: StatisticDuration;
}

/** One entry of `model_stats`: `inference_count` counts rows, `execution_count` runs of the session. Successes only. */
export interface ModelStatistics {
  readonly name: string;
  readonly version: string;
  /** Epoch ms of the last request; 0 for none. */
  readonly last_inference: number;
  readonly inference_count: number;
  readonly execution_count: number;
  readonly inference_stats: Readonly<Record<StatisticName, StatisticDuration>>;
  readonly batch_stats: readonly BatchStatistic[];
}

export type RepositoryState = 'UNKNOWN' | 'READY' | 'UNAVAILABLE' | 'LOADING' | 'UNLOADING';

export interface RepositoryEntry {
  readonly name: string;
  readonly version: string;
  readonly state: RepositoryState;
  readonly reason: string;
}
