import { Client, credentials } from '@grpc/grpc-js';
import type { RefuseReply } from '../infer/decode-tensor.ts';
import type { InferOptions } from '../infer/infer-options.ts';
import type { InferResult, InputTensors, ModelMetadata } from '../infer/tensor.ts';
import { InvalidResponseError } from '../predictor-error.ts';
import { channelOptions, DEFAULT_MESSAGE_BYTES } from './channel-options.ts';
import { decodeModelInfer } from './decode-model-infer.ts';
import { encodeModelInfer } from './encode-model-infer.ts';
import type { GrpcCallOptions, GrpcModelOptions, GrpcPredictorOptions } from './grpc-options.ts';
import { decodeModelMetadata, decodeReady, encodeModelName } from './model-facts.ts';
import { targetOf } from './target.ts';
import { callUnary } from './unary-call.ts';
import type { GrpcConnection } from './unary-call.ts';

/** Options of `infer` over gRPC. */
export type GrpcInferOptions<Name extends string = string> = GrpcModelOptions &
  Pick<InferOptions<Name>, 'id' | 'outputs' | 'level' | 'parameters'>;

/** A client of the replicas of a server over gRPC. Its connections keep the process alive until `close`. */
export interface GrpcPredictor extends Disposable {
  /** As `infer` over REST: tensors by name, as bytes, in both directions. */
  infer<const Name extends string = string>(
    model: string,
    tensors: InputTensors,
    options?: GrpcInferOptions<Name>,
  ): Promise<InferResult<Name>>;
  /** Names, datatypes and shapes of a model's tensors. */
  modelMetadata(model: string, options?: GrpcModelOptions): Promise<ModelMetadata>;
  /** Of the replica that answers. */
  serverReady(options?: GrpcCallOptions): Promise<boolean>;
  /** Whether the model of the replica that answers can be asked. */
  modelReady(model: string, options?: GrpcModelOptions): Promise<boolean>;
  /** Closes the connections once the calls on them are answered; calls that wait for one fail. */
  close(): void;
}

/** A client of one or many replicas: `createGrpcPredictor({ addresses: ['10.0.0.1:8081'] })`. */
export function createGrpcPredictor(options: GrpcPredictorOptions): GrpcPredictor {
  const { addresses, maxMessageBytes = DEFAULT_MESSAGE_BYTES } = options;
  const secrets = options.credentials ?? credentials.createInsecure();
  const client = new Client(targetOf(addresses), secrets, channelOptions(options));
  const connection: GrpcConnection = { client, options, maxMessageBytes };
  const call = async <T>(
    method: string,
    message: Uint8Array,
    callOptions: GrpcCallOptions,
    read: (reply: Uint8Array, refuse: RefuseReply) => T,
  ): Promise<T> => read(await callUnary(connection, method, message, callOptions), refuseReply);
  const close = (): void => client.close();
  return {
    infer: async (model, tensors, infer = {}) =>
      call('ModelInfer', encodeModelInfer(model, tensors, infer), infer, (reply, refuse) =>
        decodeModelInfer(reply, infer, refuse),
      ),
    modelMetadata: (model, of = {}) =>
      call('ModelMetadata', encodeModelName(model, of.version), of, decodeModelMetadata),
    serverReady: (of = {}) => call('ServerReady', new Uint8Array(), of, decodeReady),
    modelReady: (model, of = {}) => call('ModelReady', encodeModelName(model, of.version), of, decodeReady),
    close,
    [Symbol.dispose]: close,
  };
}

const refuseReply: RefuseReply = (problem) =>
  new InvalidResponseError('INVALID_RESPONSE', `The answer of the predictor is not as the contract says: ${problem}.`);
