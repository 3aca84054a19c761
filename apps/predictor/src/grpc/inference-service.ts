import { create } from '@bufbuild/protobuf';
import type { ServerDuplexStream, UntypedServiceImplementation } from '@grpc/grpc-js';
import {
  decodeModelInfer,
  encodeModelConfig,
  encodeModelInfer,
  encodeModelMetadata,
  encodeModelStatistics,
  encodeRepositoryIndex,
  encodeServerMetadata,
  GRPCInferenceService,
  readModelInfer,
  wantsTypedContents,
  writeModelInfer,
  writeModelStreamInfer,
  type ModelInferRequest,
  type ModelInferResponse,
  type ModelStreamInferResponse,
} from '@web-single/contract';
import type { HeldBytes } from '../bodies/held-bytes.ts';
import type { InferenceCalls } from '../oip/inference-calls.ts';
import {
  contextOf,
  failureOf,
  notOffered,
  unary,
  unaryOfBytes,
  type Answering,
  type CallContext,
} from './answering.ts';
import type { CallLimits, CallRecord } from './call-record.ts';
import type { OpenStreams } from './open-streams.ts';
import { routeOf, type Serializer, type Serializers } from './service-definition.ts';
import { StreamInfer } from './stream-infer.ts';

const { method } = GRPCInferenceService;

/** Responses with tensors are written by hand, with fewer copies. */
export const inferenceSerializers: Serializers = new Map([
  [routeOf(method.modelInfer), writeModelInfer as Serializer],
  [routeOf(method.modelStreamInfer), writeModelStreamInfer as Serializer],
]);

export interface InferenceServiceParts extends Answering {
  readonly calls: InferenceCalls;
  readonly limits: CallLimits;
  readonly streams: OpenStreams;
  readonly held: HeldBytes;
}

/** `inference.GRPCInferenceService` over the port both transports share: decode, call, encode. */
export function inferenceService(parts: InferenceServiceParts): UntypedServiceImplementation {
  return { ...factCalls(parts), ...inferCalls(parts), ...callsNotOffered(parts) };
}

function factCalls(parts: InferenceServiceParts): UntypedServiceImplementation {
  const { calls } = parts;
  return {
    serverLive: unary(parts, method.serverLive, () => ({ live: calls.isLive() })),
    serverReady: unary(parts, method.serverReady, () => ({ ready: calls.isReady() })),
    modelReady: unary(parts, method.modelReady, ({ name, version }) => ({
      ready: calls.isModelReady(name, given(version)),
    })),
    serverMetadata: unary(parts, method.serverMetadata, () => encodeServerMetadata(calls.serverMetadata())),
    modelMetadata: unary(parts, method.modelMetadata, ({ name, version }) =>
      encodeModelMetadata(calls.modelMetadata(name, given(version))),
    ),
    modelConfig: unary(parts, method.modelConfig, ({ name, version }) =>
      encodeModelConfig(calls.modelConfig(name, given(version))),
    ),
    modelStatistics: unary(parts, method.modelStatistics, ({ name, version }) =>
      encodeModelStatistics(calls.statistics(given(name), given(version))),
    ),
    repositoryIndex: unary(parts, method.repositoryIndex, ({ ready }) =>
      encodeRepositoryIndex(calls.repositoryIndex(ready)),
    ),
  };
}

/** An empty string is how proto3 says that nothing was given. */
const given = (text: string): string | undefined => (text === '' ? undefined : text);

function inferCalls(parts: InferenceServiceParts): UntypedServiceImplementation {
  return {
    modelInfer: unaryOfBytes(parts, (bytes, context) =>
      holding(parts.held, bytes, () => infer(parts, readModelInfer(bytes), context.record, context)),
    ),
    modelStreamInfer: (call: ServerDuplexStream<Uint8Array, ModelStreamInferResponse>) => {
      const context = contextOf(parts, call);
      const stream = new StreamInfer(call, (bytes) => answerOne(parts, bytes, context));
      parts.streams.add(call, context.record.requestId, () => stream.stop());
      stream.start();
    },
  };
}

async function infer(
  { calls }: InferenceServiceParts,
  message: ModelInferRequest,
  { startedAtMs, deadlineMs }: Pick<CallRecord, 'startedAtMs' | 'deadlineMs'>,
  { record, signal }: CallContext,
): Promise<ModelInferResponse> {
  const typedContents = wantsTypedContents(message);
  const named = { model: message.modelName, version: given(message.modelVersion) };
  const shed = calls.shed(named, deadlineMs);
  if (shed !== undefined) {
    record.model = shed.model;
    record.version = shed.version;
    throw shed.error;
  }
  const response = await calls.infer({
    ...named,
    request: decodeModelInfer(message),
    startedAtMs,
    deadlineMs,
    signal,
  });
  record.model = response.modelName;
  record.version = response.modelVersion;
  const overrides = response.parameters?.['overrides'];
  if (typeof overrides === 'string') record.overrides = overrides;
  return encodeModelInfer(response, { typedContents });
}

/** Counts a message as held while it is answered. The library reads messages whole, so that it is not before. */
async function holding<Answer>(held: HeldBytes, bytes: Uint8Array, answer: () => Promise<Answer>): Promise<Answer> {
  held.hold(bytes.length);
  try {
    return await answer();
  } finally {
    held.release(bytes.length);
  }
}

/** One request of a stream, with a deadline of its own; its error becomes the answer. */
async function answerOne(
  parts: InferenceServiceParts,
  bytes: Uint8Array,
  context: CallContext,
): Promise<ModelStreamInferResponse> {
  const { output } = method.modelStreamInfer;
  const startedAtMs = performance.now();
  const deadlineMs = Math.min(startedAtMs + parts.limits.defaultTimeoutMs, context.record.deadlineMs);
  let message: ModelInferRequest | undefined;
  try {
    const inferResponse = await holding(parts.held, bytes, () => {
      message = readModelInfer(bytes);
      return infer(parts, message, { startedAtMs, deadlineMs }, context);
    });
    return create(output, { inferResponse });
  } catch (error) {
    const { details } = failureOf(parts, error, context.record.requestId);
    // Its id, and nothing else, tells the caller which request this is about.
    return create(output, { errorMessage: details, inferResponse: { id: message?.id ?? '' } });
  }
}

const NOT_OFFERED = {
  repository: 'Models are loaded and unloaded by the operator, not on this port.',
  sharedMemory: 'This server offers no shared memory: send tensors as bytes.',
  trace: 'This server offers no trace settings.',
  log: 'Log settings cannot be read or changed on this port.',
};

function callsNotOffered(parts: InferenceServiceParts): UntypedServiceImplementation {
  const sharedMemory = notOffered(parts, NOT_OFFERED.sharedMemory);
  const repository = notOffered(parts, NOT_OFFERED.repository);
  return {
    repositoryModelLoad: repository,
    repositoryModelUnload: repository,
    systemSharedMemoryStatus: sharedMemory,
    systemSharedMemoryRegister: sharedMemory,
    systemSharedMemoryUnregister: sharedMemory,
    cudaSharedMemoryStatus: sharedMemory,
    cudaSharedMemoryRegister: sharedMemory,
    cudaSharedMemoryUnregister: sharedMemory,
    traceSetting: notOffered(parts, NOT_OFFERED.trace),
    logSettings: notOffered(parts, NOT_OFFERED.log),
  };
}
