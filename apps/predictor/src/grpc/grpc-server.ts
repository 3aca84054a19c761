import type { Http2Server, IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import {
  logVerbosity,
  Server,
  ServerCredentials,
  setLogVerbosity,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { DescService } from '@bufbuild/protobuf';
import { GRPCInferenceService, Health, ServerReflection, ServerReflectionV1Alpha } from '@web-single/contract';
import type { Logger } from 'pino';
import type { HeldBytes } from '../bodies/held-bytes.ts';
import type { Settings } from '../config/settings.ts';
import type { InferenceCalls } from '../oip/inference-calls.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { RefusalLines } from '../telemetry/refusal-lines.ts';
import type { Answering } from './answering.ts';
import { CallObserver } from './call-observer.ts';
import { HealthService } from './health-service.ts';
import { inferenceSerializers, inferenceService } from './inference-service.ts';
import { OpenStreams } from './open-streams.ts';
import { ReflectionIndex, reflectionService, writeReflection } from './reflection-service.ts';
import { shedCall } from './shed-call.ts';
import { routeOf, serviceDefinition } from './service-definition.ts';

const KEEPALIVE_TIMEOUT_MS = 10_000;
const STREAM_WINDOW_BYTES = 2 ** 20;
const CONNECTION_WINDOW_BYTES = 4 * 2 ** 20;

/** Says when a model may have become ready, or may have stopped being it. */
export interface ReadinessChanges {
  /** The returned function ends it. */
  subscribe(listener: () => void): () => void;
}

export interface GrpcServerOptions {
  readonly calls: InferenceCalls;
  readonly settings: Settings;
  readonly readiness: ReadinessChanges;
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'countGrpcCall'>;
  readonly held: HeldBytes;
  readonly refusals: RefusalLines;
}

/** Answers the calls of connections that it is given. */
export interface GrpcServer {
  serve(connection: Socket): void;
  /** From now on not serving, as health calls tell it; requests are still answered. */
  drain(): void;
  /** Takes no new request, ends streams, resolves when all that was begun is answered. */
  close(): Promise<void>;
}

export function createGrpcServer(options: GrpcServerOptions): GrpcServer {
  const { settings, readiness } = options;
  const services = [GRPCInferenceService, Health, ...(settings.GRPC_REFLECTION ? reflectionServices : [])];
  const observer = createObserver(options, services);
  const parts = { ...options, observer, streams: new OpenStreams(), limits: limitsOf(settings) };
  const health = new HealthService(parts);
  const server = createLibraryServer(settings);
  server.addService(serviceDefinition(GRPCInferenceService, inferenceSerializers), inferenceService(parts));
  server.addService(serviceDefinition(Health), health.implementation());
  if (settings.GRPC_REFLECTION) addReflection(server, parts, services);
  const serve = entranceOf(server, {
    isTaken: (stream, headers) => shedCall(stream, observer.observe(stream, headers), options.calls),
  });
  const unsubscribe = readiness.subscribe(refreshSoon(health));
  return {
    serve,
    drain: () => health.drain(),
    close: async () => {
      unsubscribe();
      health.drain();
      await close(server, parts.streams);
    },
  };
}

const reflectionServices: readonly DescService[] = [ServerReflection, ServerReflectionV1Alpha];

function addReflection(
  server: Server,
  parts: Answering & { streams: OpenStreams },
  services: readonly DescService[],
): void {
  const index = new ReflectionIndex(services);
  const implementation: UntypedServiceImplementation = reflectionService(parts, index, parts.streams);
  for (const service of reflectionServices) {
    const serializers = new Map(service.methods.map((method) => [routeOf(method), writeReflection]));
    server.addService(serviceDefinition(service, serializers), implementation);
  }
}

function createObserver(
  { settings, log, metrics, refusals }: GrpcServerOptions,
  services: readonly DescService[],
): CallObserver {
  const methods = services.flatMap((service) => service.methods);
  const routes = new Map(methods.map((method) => [routeOf(method), method.methodKind !== 'unary']));
  return new CallObserver({ routes, limits: limitsOf(settings), log, metrics, refusals });
}

function limitsOf(settings: Settings) {
  return { defaultTimeoutMs: settings.REQUEST_TIMEOUT_MS, maxTimeoutMs: settings.MAX_REQUEST_TIMEOUT_MS };
}

function createLibraryServer(settings: Settings): Server {
  // Its lines on stderr repeat headers of callers, credentials included.
  setLogVerbosity(logVerbosity.NONE);
  return new Server({
    'grpc.enable_channelz': 0,
    'grpc.max_receive_message_length': settings.GRPC_MESSAGE_LIMIT_BYTES,
    'grpc.max_send_message_length': settings.GRPC_MESSAGE_LIMIT_BYTES,
    'grpc.max_concurrent_streams': settings.GRPC_MAX_STREAMS,
    'grpc.max_connection_age_ms': settings.GRPC_MAX_CONNECTION_AGE_MS,
    // As long as a request may take: an old connection never costs one that it has accepted.
    'grpc.max_connection_age_grace_ms': settings.MAX_REQUEST_TIMEOUT_MS,
    'grpc.keepalive_time_ms': settings.GRPC_KEEPALIVE_MS,
    'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
  });
}

/** Sees every call before the library does. */
interface Door {
  /** True where the call is answered already. */
  isTaken(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): boolean;
}

function standBefore(http2Server: Http2Server, door: Door): void {
  for (const listener of http2Server.listeners('stream')) {
    http2Server.off('stream', listener as () => void);
    http2Server.on('stream', (stream, headers, ...rest) => {
      if (!door.isTaken(stream, headers)) listener.call(http2Server, stream, headers, ...rest);
    });
  }
}

/** The listener is ours (`start-grpc-server.ts`); grpc-js gets the connections. */
function entranceOf(server: Server, door: Door): (connection: Socket) => void {
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  // grpc-js has no hook for calls that it answers by itself (unknown methods, deadlines, messages too large).
  const http2Servers = server['http2Servers'] as ReadonlyMap<unknown, unknown>;
  for (const http2Server of http2Servers.keys() as Iterable<Http2Server>) {
    standBefore(http2Server, door);
    http2Server.on('session', widenWindows);
  }
  return (connection) => injector.injectConnection(connection);
}

/** With the default of 64 KiB a large tensor waits for a round trip of the network every 64 KiB. */
function widenWindows(session: ServerHttp2Session): void {
  if (session.destroyed) return;
  session.setLocalWindowSize(CONNECTION_WINDOW_BYTES);
  session.settings({ initialWindowSize: STREAM_WINDOW_BYTES });
}

/** Several events in a row, and what follows from them in the same turn of the loop, are looked at once. */
function refreshSoon(health: HealthService): () => void {
  let isScheduled = false;
  return () => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      health.refresh();
    });
  };
}

async function close(server: Server, streams: OpenStreams): Promise<void> {
  const finished = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  await streams.end();
  await finished;
}
