import {
  create,
  fromBinary,
  toBinary,
  type DescMessage,
  type DescMethodBiDiStreaming,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import {
  Client,
  credentials,
  Metadata,
  type CallOptions,
  type ClientDuplexStream,
  type ClientReadableStream,
  type ServiceError,
} from '@grpc/grpc-js';
import { routeOf } from '../service-definition.ts';

export interface Reply<T> {
  readonly message: T;
  readonly trailers: Metadata;
}

export type CallSettings = CallOptions & { readonly metadata?: Readonly<Record<string, string>> };

/** A stock grpc-js client for any of our methods, on its own connection. */
export class TestClient implements Disposable {
  readonly #client: Client;

  constructor(address: string) {
    const unlimited = { 'grpc.max_receive_message_length': -1, 'grpc.use_local_subchannel_pool': 1 };
    this.#client = new Client(address, credentials.createInsecure(), unlimited);
  }

  /** Rejects with the `ServiceError` of the library. */
  unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    init: MessageInitShape<I>,
    { metadata = {}, ...options }: CallSettings = {},
  ): Promise<Reply<MessageShape<O>>> {
    const { promise, resolve, reject } = Promise.withResolvers<Reply<MessageShape<O>>>();
    let message: MessageShape<O>;
    const call = this.#client.makeUnaryRequest(
      routeOf(method),
      writer<I>(method.input),
      reader<O>(method.output),
      create(method.input, init),
      metadataOf(metadata),
      options,
      (error, value) => (error === null ? (message = value as MessageShape<O>) : reject(error)),
    );
    call.on('status', ({ metadata: trailers }) => resolve({ message, trailers }));
    return promise;
  }

  /** The error of a call that must fail. */
  async failure<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    init: MessageInitShape<I>,
    settings: CallSettings = {},
  ): Promise<ServiceError> {
    try {
      await this.unary(method, init, settings);
    } catch (error) {
      return error as ServiceError;
    }
    throw new Error('The call succeeded.');
  }

  serverStream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodServerStreaming<I, O>,
    init: MessageInitShape<I>,
  ): ClientReadableStream<MessageShape<O>> {
    const message = create(method.input, init);
    return this.#client.makeServerStreamRequest(
      routeOf(method),
      writer<I>(method.input),
      reader<O>(method.output),
      message,
    );
  }

  bidi<I extends DescMessage, O extends DescMessage>(
    method: DescMethodBiDiStreaming<I, O>,
  ): ClientDuplexStream<MessageShape<I>, MessageShape<O>> {
    return this.#client.makeBidiStreamRequest(routeOf(method), writer<I>(method.input), reader<O>(method.output));
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }
}

const writer =
  <M extends DescMessage>(schema: M) =>
  (message: MessageShape<M>): Buffer =>
    Buffer.from(toBinary(schema, message));

const reader =
  <M extends DescMessage>(schema: M) =>
  ({ buffer, byteOffset, length }: Buffer): MessageShape<M> =>
    fromBinary(schema, new Uint8Array(buffer, byteOffset, length));

function metadataOf(entries: Readonly<Record<string, string>>): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(entries)) metadata.set(name, value);
  return metadata;
}

/** The status a stream ends with, and the messages before it. */
export async function drainStream<T>(
  stream: ClientReadableStream<T>,
): Promise<{ messages: T[]; error: ServiceError | null }> {
  const messages: T[] = [];
  const { promise, resolve } = Promise.withResolvers<ServiceError | null>();
  stream.on('data', (message: T) => messages.push(message));
  stream.on('error', resolve);
  stream.on('end', () => resolve(null));
  stream.resume();
  return { error: await promise, messages };
}

/** The next message of a stream. */
export function nextOf<T>(stream: ClientReadableStream<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  stream.once('data', (message: T) => {
    stream.pause();
    resolve(message);
  });
  stream.once('error', reject);
  stream.resume();
  return promise.finally(() => stream.off('error', reject).on('error', () => undefined));
}
