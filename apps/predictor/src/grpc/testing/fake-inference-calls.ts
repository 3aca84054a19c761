import {
  ContractError,
  type InferRequest,
  type InferResponse,
  type ModelConfig,
  type ModelMetadata,
  type ModelStatistics,
  type RepositoryEntry,
  type ServerMetadata,
} from '@web-single/contract';
import type { RequestedModel, ServingError, Shed } from '@web-single/serving';
import type { InferCall, InferenceCalls } from '../../oip/inference-calls.ts';

/** One model, "echo" 1, that answers its inputs; what it does and says can be replaced. */
export class FakeInferenceCalls implements InferenceCalls {
  /** Ready or not, of the models there are. */
  readonly models = new Map([['echo', true]]);
  readonly seen: InferCall[] = [];
  ready = true;
  /** Set where every request is to be shed. */
  busy: ServingError | undefined;
  /** How often it was asked without a name, and with one. */
  readonly asked = { unnamed: 0, named: 0 };
  answer: (call: InferCall) => Promise<InferResponse> = (call) => Promise.resolve(echo(call));

  isLive(): boolean {
    return true;
  }

  isReady(): boolean {
    return this.ready;
  }

  isModelReady(model: string, version?: string): boolean {
    this.#known(model, version);
    return this.models.get(model) === true;
  }

  serverMetadata(): ServerMetadata {
    return { name: 'web-single', version: '0.0.0', extensions: ['statistics'] };
  }

  modelMetadata(model: string, version?: string): ModelMetadata {
    this.#known(model, version);
    const tensors = [{ name: 'x', datatype: 'FP32' as const, shape: [-1, 2] }];
    const facts = { versions: ['1'], platform: 'onnxruntime_onnx' as const, properties: {} };
    return { name: model, ...facts, inputs: tensors, outputs: tensors };
  }

  modelConfig(model: string, version?: string): ModelConfig {
    this.#known(model, version);
    return {
      name: model,
      platform: 'onnxruntime_onnx',
      backend: 'onnxruntime',
      max_batch_size: 4,
      input: [{ name: 'x', data_type: 'TYPE_FP32', dims: [2] }],
      output: [{ name: 'x', data_type: 'TYPE_FP32', dims: [2] }],
      instance_group: [],
      default_model_filename: 'model.onnx',
      parameters: {},
    };
  }

  statistics(model?: string, version?: string): readonly ModelStatistics[] {
    if (model !== undefined) this.#known(model, version);
    const none = { count: 0, ns: 0 };
    const phases = { queue: none, compute_input: none, compute_infer: none, compute_output: none };
    const inference_stats = { success: none, fail: none, ...phases, cache_hit: none, cache_miss: none };
    const counts = { last_inference: 0, inference_count: this.seen.length, execution_count: 0 };
    return [...this.models.keys()].map((name) => ({ name, version: '1', ...counts, inference_stats, batch_stats: [] }));
  }

  repositoryIndex(readyOnly: boolean): readonly RepositoryEntry[] {
    return [...this.models]
      .filter(([, isReady]) => isReady || !readyOnly)
      .map(([name, isReady]) => ({ name, version: '1', state: isReady ? 'READY' : 'LOADING', reason: '' }));
  }

  infer(call: InferCall): Promise<InferResponse> {
    this.#known(call.model, call.version);
    this.seen.push(call);
    return this.answer(call);
  }

  shed({ model }: RequestedModel): Shed | undefined {
    this.asked[model === undefined ? 'unnamed' : 'named'] += 1;
    const isMeant = model !== undefined || this.models.size === 1;
    return this.busy && isMeant ? { model: model ?? 'echo', version: '1', error: this.busy } : undefined;
  }

  #known(model: string, version?: string): void {
    if (this.models.has(model) && (version === undefined || version === '1')) return;
    throw new ContractError('MODEL_NOT_FOUND', `Request for unknown model: '${model}' is not found.`);
  }
}

/** gRPC has no raw form of a request. */
export function requestIn({ request }: InferCall): InferRequest {
  if ('raw' in request) throw new Error('A raw request over gRPC.');
  return request;
}

export function echo(call: InferCall): InferResponse {
  const request = requestIn(call);
  const id = request.id === undefined ? {} : { id: request.id };
  return { modelName: call.model, modelVersion: '1', ...id, outputs: request.inputs };
}
