import { once } from 'node:events';
import type { Http2Server, IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import { createServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
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
import { LISTEN_BACKLOG } from '../config/listen-backlog.ts';
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

export interface RunningGrpcServer {
  /** `host:port`, as clients dial it. */
  readonly address: string;
  /** From now on not serving, as health calls tell it; requests are still answered. */
  drain(): void;
  /** Takes no new connection and no new request, ends streams, resolves when all that was begun is answered. */
  close(): Promise<void>;
}

/** Listens on `HOST:GRPC_PORT`. Rejects with the code of the system where it cannot. */
export async function startGrpcServer(options: GrpcServerOptions): Promise<RunningGrpcServer> {
  const { settings, readiness } = options;
  const services = [GRPCInferenceService, Health, ...(settings.GRPC_REFLECTION ? reflectionServices : [])];
  const observer = createObserver(options, services);
  const parts = { ...options, observer, streams: new OpenStreams(), limits: limitsOf(settings) };
  const health = new HealthService(parts);
  const server = createGrpcServer(settings);
  server.addService(serviceDefinition(GRPCInferenceService, inferenceSerializers), inferenceService(parts));
  server.addService(serviceDefinition(Health), health.implementation());
  if (settings.GRPC_REFLECTION) addReflection(server, parts, services);
  const tcpServer = acceptConnections(server, settings, {
    isTaken: (stream, headers) => shedCall(stream, observer.observe(stream, headers), options.calls),
  });
  const address = await listen(tcpServer, settings);
  tcpServer.on('error', (error) => options.log.error({ err: error }, 'gRPC connection not accepted'));
  const unsubscribe = readiness.subscribe(refreshSoon(health));
  return {
    address,
    drain: () => health.drain(),
    close: async () => {
      unsubscribe();
      health.drain();
      await close(tcpServer, server, parts.streams);
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

function createGrpcServer(settings: Settings): Server {
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

/** The listener is ours, so that connections are counted and capped; grpc-js gets the connections. */
function acceptConnections(server: Server, settings: Settings, door: Door): TcpServer {
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  // grpc-js has no hook for calls that it answers by itself (unknown methods, deadlines, messages too large).
  const http2Servers = server['http2Servers'] as ReadonlyMap<unknown, unknown>;
  for (const http2Server of http2Servers.keys() as Iterable<Http2Server>) {
    standBefore(http2Server, door);
    http2Server.on('session', widenWindows);
  }
  const tcpServer = createServer({ allowHalfOpen: true, noDelay: true }, (socket: Socket) =>
    injector.injectConnection(socket),
  );
  tcpServer.maxConnections = settings.MAX_CONNECTIONS;
  return tcpServer;
}

/** With the default of 64 KiB a large tensor waits for a round trip of the network every 64 KiB. */
function widenWindows(session: ServerHttp2Session): void {
  if (session.destroyed) return;
  session.setLocalWindowSize(CONNECTION_WINDOW_BYTES);
  session.settings({ initialWindowSize: STREAM_WINDOW_BYTES });
}

async function listen(tcpServer: TcpServer, { HOST, GRPC_PORT }: Settings): Promise<string> {
  tcpServer.listen({ host: HOST, port: GRPC_PORT === 'off' ? 0 : GRPC_PORT, backlog: LISTEN_BACKLOG });
  await once(tcpServer, 'listening');
  const { address, family, port } = tcpServer.address() as AddressInfo;
  return family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`;
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

async function close(tcpServer: TcpServer, server: Server, streams: OpenStreams): Promise<void> {
  tcpServer.close();
  const finished = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  await streams.end();
  await finished;
}
