import type { Ask } from '../ask.ts';
import { parseReply } from '../parse-reply.ts';
import type { PredictOptions } from '../options.ts';
import type { PredictorPromise } from '../predictor-promise.ts';
import type { HttpRequest } from '../send.ts';
import { modelPath } from '../urls.ts';
import { decodeInfer } from './decode-infer.ts';
import { encodeInfer } from './encode-infer.ts';
import { HEADER_LENGTH } from './header-length.ts';
import type { InferOptions } from './infer-options.ts';
import type { InferResult, InputTensors, ModelMetadata } from './tensor.ts';

/** The calls of the Open Inference Protocol: tensors by name, as bytes. */
export interface InferCalls {
  /** Sends tensors to any model of the server and gives its outputs by name, both as bytes: exact, and without JSON's cost. */
  infer<const Name extends string = string>(
    model: string,
    tensors: InputTensors,
    options?: InferOptions<Name>,
  ): PredictorPromise<InferResult<Name>>;
  /** Names, datatypes and shapes of a model's tensors. */
  modelMetadata(model: string, options?: PredictOptions): PredictorPromise<ModelMetadata>;
}

export function createInferCalls(ask: Ask): InferCalls {
  return {
    infer: <const Name extends string>(model: string, tensors: InputTensors, options: InferOptions<Name> = {}) =>
      ask(
        async () => inferRequest(`${modelPath('v2', model, options.version)}/infer`, tensors, options),
        options,
        (reply) => ({ data: decodeInfer(reply, options) as InferResult<Name> }),
      ),
    modelMetadata: (model, options) =>
      ask(
        async () => ({ path: modelPath('v2', model, options?.version) }),
        options,
        (reply) => ({ data: parseReply(reply) as unknown as ModelMetadata }),
      ),
  };
}

function inferRequest(path: string, tensors: InputTensors, options: InferOptions): HttpRequest {
  const { body, headerLength } = encodeInfer(tensors, options);
  const headers = {
    accept: '*/*',
    'content-type': 'application/octet-stream',
    [HEADER_LENGTH]: String(headerLength),
  };
  return { path, headers, body };
}
