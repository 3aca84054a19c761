import {
  fromBinary,
  toBinary,
  type DescMessage,
  type DescMethod,
  type DescService,
  type Message,
  type MessageShape,
} from '@bufbuild/protobuf';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { ContractError } from '@web-single/contract';

/** Largest request of a method that carries no tensors. */
const SMALL_REQUEST_BYTES = 64 * 2 ** 10;

/** Serializers of responses that do not go through the generic one, by route. */
export type Serializers = ReadonlyMap<string, Serializer>;

export type Serializer = (message: Message) => Uint8Array;

export const routeOf = (method: DescMethod): string => `/${method.parent.typeName}/${method.name}`;

/**
 * What grpc-js needs to know of a service. Requests reach handlers as bytes: what cannot be decoded is then answered by our
 * own error mapping, and what waits in a stream takes no more memory than it had on the wire.
 */
export function serviceDefinition(service: DescService, serializers: Serializers = new Map()): ServiceDefinition {
  return Object.fromEntries(
    service.methods.map((method) => [method.localName, methodDefinition(method, serializers.get(routeOf(method)))]),
  );
}

function methodDefinition(method: DescMethod, serialize?: Serializer): ServiceDefinition[string] {
  const write = serialize ?? ((message: Message) => toBinary(method.output, message));
  return {
    path: routeOf(method),
    requestStream: method.methodKind === 'bidi_streaming' || method.methodKind === 'client_streaming',
    responseStream: method.methodKind === 'bidi_streaming' || method.methodKind === 'server_streaming',
    requestSerialize: unusedOnServers,
    responseDeserialize: unusedOnServers,
    // A plain Uint8Array: slices of a Buffer would be Buffers, whose own slice() shares memory.
    requestDeserialize: ({ buffer, byteOffset, length }: Buffer) => new Uint8Array(buffer, byteOffset, length),
    responseSerialize: (message: Message) => bufferOf(write(message)),
  };
}

function unusedOnServers(): never {
  throw new Error('This is a bug: a server reads requests and writes responses.');
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Decodes a request without tensors. Throws `INVALID_REQUEST` or `PAYLOAD_TOO_LARGE`. */
export function readSmallRequest<M extends DescMessage>(schema: M, bytes: Uint8Array): MessageShape<M> {
  if (bytes.length > SMALL_REQUEST_BYTES) {
    const text = `A ${schema.name} takes at most ${SMALL_REQUEST_BYTES} bytes, got ${bytes.length}.`;
    throw new ContractError('PAYLOAD_TOO_LARGE', text);
  }
  try {
    return fromBinary(schema, bytes, { readUnknownFields: false });
  } catch {
    throw new ContractError('INVALID_REQUEST', `The message is not a well-formed ${schema.name}.`);
  }
}
