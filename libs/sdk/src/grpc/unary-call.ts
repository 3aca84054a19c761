import { Metadata } from '@grpc/grpc-js';
import type { Client, ServiceError } from '@grpc/grpc-js';
import type { HeaderValues } from '../options.ts';
import { openCallScope } from '../call-scope.ts';
import { systemClock } from '../clock.ts';
import { invalidInput } from '../predictor-error.ts';
import type { GrpcCallOptions, GrpcPredictorOptions } from './grpc-options.ts';
import { toPredictorError, wasReset } from './to-predictor-error.ts';

const SERVICE = '/inference.GRPCInferenceService/';

/** What all calls of one predictor share. */
export interface GrpcConnection {
  readonly client: Client;
  readonly options: GrpcPredictorOptions;
  readonly maxMessageBytes: number;
}

/** One call under one deadline. What its server ended without a word is repeated once; the rest grpc-js repeats. */
export async function callUnary(
  connection: GrpcConnection,
  method: string,
  message: Uint8Array,
  options: GrpcCallOptions,
): Promise<Uint8Array> {
  const { client, maxMessageBytes, options: shared } = connection;
  if (message.length > maxMessageBytes) {
    throw invalidInput(`The request has ${message.length} bytes, more than maxMessageBytes (${maxMessageBytes}).`);
  }
  const timeoutMs = options.timeoutMs ?? shared.timeoutMs ?? 30_000;
  const scope = openCallScope(timeoutMs, options.signal, systemClock);
  try {
    const metadata = await scope.race(collectMetadata(shared, options));
    const deadlineMs = new Date().getTime() + scope.deadlineMs - systemClock.nowMs();
    const attempt = (): Promise<Uint8Array> => send(client, { method, message, metadata, deadlineMs }, scope.signal);
    const answer = attempt().catch((error: ServiceError) => {
      if (scope.signal.aborted || shared.retries === 0 || !wasReset(error)) throw error;
      return attempt();
    });
    return await answer.catch((error: ServiceError) => {
      throw scope.signal.aborted ? scope.signal.reason : toPredictorError(error, timeoutMs);
    });
  } finally {
    scope.close();
  }
}

interface Attempt {
  readonly method: string;
  readonly message: Uint8Array;
  readonly metadata: Metadata;
  readonly deadlineMs: number;
}

function send(
  client: Client,
  { method, message, metadata, deadlineMs }: Attempt,
  signal: AbortSignal,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const { buffer, byteOffset, length } = message;
    const call = client.makeUnaryRequest(
      SERVICE + method,
      asItIs,
      asItIs,
      Buffer.from(buffer, byteOffset, length),
      metadata,
      { deadline: deadlineMs },
      (error, reply) => {
        signal.removeEventListener('abort', cancel);
        if (error === null) resolve(ownMemory(reply!));
        else reject(error);
      },
    );
    const cancel = (): void => call.cancel();
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
  });
}

/** A small message lies in memory that Node shares among buffers; callers get views, and may transfer what is behind them. */
function ownMemory(reply: Buffer): Uint8Array {
  const isAlone = reply.buffer.byteLength === reply.length;
  return isAlone ? new Uint8Array(reply.buffer) : Uint8Array.from(reply);
}

const asItIs = (bytes: Buffer): Buffer => bytes;

async function collectMetadata(shared: GrpcPredictorOptions, options: GrpcCallOptions): Promise<Metadata> {
  const ofAll = typeof shared.headers === 'function' ? await shared.headers() : (shared.headers ?? {});
  const { headers = {}, requestId, waitForReady = shared.waitForReady } = options;
  const own: HeaderValues = requestId === undefined ? {} : { 'x-request-id': requestId };
  const metadata = new Metadata(waitForReady === undefined ? {} : { waitForReady });
  for (const [name, value] of [ofAll, headers, own].flatMap(Object.entries<string>)) {
    try {
      metadata.set(name, value);
    } catch {
      // The library's own message would repeat the value, which may be a token.
      throw invalidInput(`The header ${JSON.stringify(name)} has a name or value that gRPC does not allow.`);
    }
  }
  return metadata;
}
