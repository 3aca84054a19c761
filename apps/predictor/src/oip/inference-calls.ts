import type {
  InferRequest,
  InferResponse,
  ModelConfig,
  ModelMetadata,
  ModelStatistics,
  RepositoryEntry,
  ServerMetadata,
} from '@web-single/contract';
import type { CancelSignal, RequestedModel, Shed } from '@web-single/serving';

export interface InferCall {
  readonly model: string;
  /** Left out: the active version. */
  readonly version?: string | undefined;
  /** `raw`: the whole body is the model's one input. */
  readonly request: InferRequest | { readonly raw: Uint8Array };
  /** Monotonic ms: from when the request's own `timeout` counts. */
  readonly startedAtMs: number;
  /** Absolute, monotonic ms: the transport's deadline, or the default. */
  readonly deadlineMs: number;
  /** Aborts when the caller has gone. */
  readonly signal: CancelSignal;
}

/** Injection token of the calls. */
export const INFERENCE_CALLS = Symbol('inference calls');

/**
 * What the Open Inference Protocol asks of a server, without a transport: REST and gRPC decode, call this, encode. Methods
 * that name a model throw `MODEL_NOT_FOUND`, and all throw errors with codes of the catalogue only.
 */
export interface InferenceCalls {
  isLive(): boolean;
  isReady(): boolean;
  isModelReady(model: string, version?: string): boolean;
  serverMetadata(): ServerMetadata;
  modelMetadata(model: string, version?: string): ModelMetadata;
  modelConfig(model: string, version?: string): ModelConfig;
  /** Of every loaded model where none is named. */
  statistics(model?: string, version?: string): readonly ModelStatistics[];
  /** Also what is not ready, unless `readyOnly`. */
  repositoryIndex(readyOnly: boolean): readonly RepositoryEntry[];
  infer(call: InferCall): Promise<InferResponse>;
  /**
   * What a prediction would be shed with at this moment, counted as refused; undefined where it would not, or only `infer` can
   * tell. Without a model: what it would be shed with whichever model it names, where there is but one version of one.
   */
  shed(request: RequestedModel, deadlineMs: number): Shed | undefined;
}
