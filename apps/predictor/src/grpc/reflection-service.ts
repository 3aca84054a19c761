import {
  create,
  toBinary,
  type DescFile,
  type DescService,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import { nestedTypes } from '@bufbuild/protobuf/reflect';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { status, type ServerDuplexStream, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { ServerReflection } from '@web-single/contract';
import { contextOf, failureOf, type Answering } from './answering.ts';
import type { OpenStreams } from './open-streams.ts';
import { readSmallRequest, type Serializer } from './service-definition.ts';

const { input, output } = ServerReflection.method.serverReflectionInfo;

type Request = MessageShape<typeof input>;
type Response = MessageShape<typeof output>;
type Answer = NonNullable<MessageInitShape<typeof output>['messageResponse']>;

/** What the server offers, as descriptors compiled into it: services by name, files by name and by what they declare. */
export class ReflectionIndex {
  readonly #services: readonly string[];
  readonly #fileByName = new Map<string, DescFile>();
  readonly #fileBySymbol = new Map<string, DescFile>();

  constructor(services: readonly DescService[]) {
    this.#services = services.map(({ typeName }) => typeName);
    for (const service of services) this.#addFile(service.file);
  }

  answer({ messageRequest }: Request): Answer {
    switch (messageRequest.case) {
      case 'listServices':
        return {
          case: 'listServicesResponse',
          value: { service: this.#services.map((name) => ({ name })) },
        };
      case 'fileByFilename':
        return fileAnswer(this.#fileByName.get(messageRequest.value));
      case 'fileContainingSymbol':
        return fileAnswer(this.#fileBySymbol.get(messageRequest.value));
      case 'fileContainingExtension':
      case 'allExtensionNumbersOfType':
        return notFound('There are no extensions.');
      case undefined:
        return failure(status.INVALID_ARGUMENT, 'The request asks for nothing.');
    }
  }

  #addFile(file: DescFile): void {
    if (this.#fileByName.has(file.proto.name)) return;
    this.#fileByName.set(file.proto.name, file);
    for (const type of nestedTypes(file)) {
      this.#fileBySymbol.set(type.typeName, file);
      if (type.kind === 'service')
        for (const { name } of type.methods) this.#fileBySymbol.set(`${type.typeName}.${name}`, file);
      if (type.kind === 'message')
        for (const { name } of type.fields) this.#fileBySymbol.set(`${type.typeName}.${name}`, file);
    }
    for (const dependency of file.dependencies) this.#addFile(dependency);
  }
}

/** The file and what it imports, so that one question is enough. */
function fileAnswer(file: DescFile | undefined): Answer {
  if (file === undefined) return notFound('There is no such file or symbol.');
  const files = [file, ...file.dependencies].map(({ proto }) => toBinary(FileDescriptorProtoSchema, proto));
  return { case: 'fileDescriptorResponse', value: { fileDescriptorProto: files } };
}

const notFound = (errorMessage: string): Answer => failure(status.NOT_FOUND, errorMessage);

function failure(errorCode: number, errorMessage: string): Answer {
  return { case: 'errorResponse', value: { errorCode, errorMessage } };
}

/** Messages of v1 and v1alpha have the same bytes: both services read and write those of v1. */
export const writeReflection: Serializer = (message) => toBinary(output, message as Response);

/** `grpc.reflection`, v1 and v1alpha alike. */
export function reflectionService(
  answering: Answering,
  index: ReflectionIndex,
  streams: OpenStreams,
): UntypedServiceImplementation {
  return {
    serverReflectionInfo: (call: ServerDuplexStream<Uint8Array, Response>) => {
      const { record } = contextOf(answering, call);
      streams.add(call, record.requestId);
      call.on('data', (bytes: Uint8Array) => {
        try {
          const originalRequest = readSmallRequest(input, bytes);
          const messageResponse = index.answer(originalRequest);
          const response = create(output, { validHost: originalRequest.host, originalRequest, messageResponse });
          if (!call.write(response)) call.pause();
        } catch (error) {
          call.emit('error', failureOf(answering, error, record.requestId));
        }
      });
      call.on('drain', () => call.resume());
      call.on('end', () => call.end());
    },
  };
}
