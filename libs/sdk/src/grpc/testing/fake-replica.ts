import { Metadata, Server, ServerCredentials } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall, ServerWritableStream, ServiceDefinition, status } from '@grpc/grpc-js';

type Bytes = Buffer;
export type UnaryHandler = (call: ServerUnaryCall<Bytes, Bytes>, reply: sendUnaryData<Bytes>) => void;
type WatchCall = ServerWritableStream<Bytes, Bytes>;

const asItIs = (bytes: Buffer): Buffer => bytes;

const method = (service: string, name: string, responseStream = false) => ({
  path: `/${service}/${name}`,
  requestStream: false,
  responseStream,
  requestSerialize: asItIs,
  requestDeserialize: asItIs,
  responseSerialize: asItIs,
  responseDeserialize: asItIs,
});

const INFERENCE = 'inference.GRPCInferenceService';
const inference: ServiceDefinition = Object.fromEntries(
  ['ModelInfer', 'ModelMetadata', 'ModelReady', 'ServerReady'].map((name) => [name, method(INFERENCE, name)]),
);
const health: ServiceDefinition = { Watch: method('grpc.health.v1.Health', 'Watch', true) };

/** What a replica without models answers: field 1 set, which is `ready`. */
const ready: UnaryHandler = (_call, reply) => reply(null, Buffer.of(8, 1));

export interface FakeReplicaOptions {
  readonly handlers?: Readonly<Record<string, UnaryHandler>>;
  /** Null: no health service. Default: serving. */
  readonly isServing?: boolean | null;
  readonly port?: number;
}

/** A server of its own on loopback that counts its calls; its health can be changed, and it can be killed. */
export class FakeReplica implements Disposable {
  readonly #server = new Server();
  readonly #watchers = new Set<WatchCall>();
  readonly #unwatched = Promise.withResolvers<void>();
  #isServing: boolean;
  #port = 0;
  /** Calls of the inference service, those under way too. */
  calls = 0;
  lastMetadata = new Metadata();

  private constructor({ handlers = {}, isServing = true }: FakeReplicaOptions) {
    this.#isServing = isServing ?? true;
    const counted = Object.keys(inference).map((name) => [name, this.#count(handlers[name] ?? ready)]);
    this.#server.addService(inference, Object.fromEntries(counted));
    if (isServing !== null) this.#server.addService(health, { Watch: (call: WatchCall) => this.#watch(call) });
  }

  static async start(options: FakeReplicaOptions = {}): Promise<FakeReplica> {
    const replica = new FakeReplica(options);
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    replica.#server.bindAsync(`127.0.0.1:${options.port ?? 0}`, ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
    replica.#port = await promise;
    return replica;
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  get watchers(): number {
    return this.#watchers.size;
  }

  /** Resolves when the last watcher has gone. */
  get unwatched(): Promise<void> {
    return this.#unwatched.promise;
  }

  set isServing(value: boolean) {
    this.#isServing = value;
    for (const call of this.#watchers) this.#tell(call);
  }

  /** Ends all connections at once, with the calls on them. */
  kill(): void {
    this.#server.forceShutdown();
  }

  [Symbol.dispose](): void {
    this.kill();
  }

  #count(handler: UnaryHandler): UnaryHandler {
    return (call, reply) => {
      this.calls += 1;
      this.lastMetadata = call.metadata;
      handler(call, reply);
    };
  }

  #watch(call: WatchCall): void {
    this.#watchers.add(call);
    call.on('cancelled', () => {
      this.#watchers.delete(call);
      if (this.#watchers.size === 0) this.#unwatched.resolve();
    });
    this.#tell(call);
  }

  #tell(call: WatchCall): void {
    call.write(Buffer.of(8, this.#isServing ? 1 : 2));
  }
}

/** Fails with a status, and the trailing metadata of our servers where it is given. */
export function failWith(code: status, details: string, trailers: Readonly<Record<string, string>> = {}): UnaryHandler {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return (_call, reply) => reply({ code, details, metadata });
}
