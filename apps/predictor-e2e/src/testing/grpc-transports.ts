import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { Client, credentials } from '@grpc/grpc-js';
import { GRPCInferenceService, type ModelInferResponse } from '@web-single/contract';
import type { InferOptions, Transport } from './rest-transports.ts';
import { bytesOf, rawBytes, type Answer, type TestTensor } from './wire-tensor.ts';

const { modelInfer } = GRPCInferenceService.method;
const PATH = `/${GRPCInferenceService.typeName}/ModelInfer`;

/** A connection to the gRPC port; closes it when disposed. */
export class GrpcTransports implements Disposable {
  readonly #client: Client;

  constructor(address: string) {
    this.#client = new Client(address, credentials.createInsecure());
  }

  /** Raw contents both ways. */
  readonly raw: Transport = async (model, inputs, options = {}) => {
    const response = await this.#call({
      modelName: model,
      inputs: inputs.map(({ name, datatype, shape }) => ({ name, datatype, shape: shape.map(BigInt) })),
      rawInputContents: inputs.map(({ datatype, values }) => rawBytes(datatype, values)),
      parameters: parametersOf(options),
    });
    return Object.fromEntries(
      response.outputs.map(({ name, datatype, shape }, index) => [
        name,
        { datatype, shape: shape.map(Number), hex: Buffer.from(response.rawOutputContents[index]!).toString('hex') },
      ]),
    );
  };

  /** Typed contents both ways. */
  readonly typed: Transport = async (model, inputs, options = {}) => {
    const response = await this.#call({
      modelName: model,
      inputs: inputs.map(({ name, datatype, shape, values }) => ({
        name,
        datatype,
        shape: shape.map(BigInt),
        contents: { [contentsField(datatype)]: values.map((value) => typedElement(datatype, value)) },
      })),
      parameters: {
        ...parametersOf(options),
        typed_contents: { parameterChoice: { case: 'boolParam' as const, value: true } },
      },
    });
    return answerOf(response);
  };

  [Symbol.dispose](): void {
    this.#client.close();
  }

  #call(init: object): Promise<ModelInferResponse> {
    const { promise, resolve, reject } = Promise.withResolvers<ModelInferResponse>();
    this.#client.makeUnaryRequest(
      PATH,
      (message) => Buffer.from(toBinary(modelInfer.input, message)),
      (bytes) => fromBinary(modelInfer.output, bytes),
      create(modelInfer.input, init),
      (error, value) => (error === null ? resolve(value!) : reject(error)),
    );
    return promise;
  }
}

function parametersOf(options: InferOptions) {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      { parameterChoice: { case: 'stringParam' as const, value: String(value) } },
    ]),
  );
}

function contentsField(datatype: string): string {
  if (datatype === 'BYTES') return 'bytesContents';
  if (datatype === 'BOOL') return 'boolContents';
  if (datatype.startsWith('FP')) return `${datatype.toLowerCase()}Contents`;
  const sign = datatype.startsWith('U') ? 'uint' : 'int';
  return datatype.endsWith('64') ? `${sign}64Contents` : `${sign}Contents`;
}

function typedElement(datatype: string, value: TestTensor['values'][number]): unknown {
  return datatype === 'BYTES' ? bytesOf(value) : value;
}

function answerOf({ outputs }: ModelInferResponse): Answer {
  return Object.fromEntries(
    outputs.map(({ name, datatype, shape, contents }) => {
      const values = (contents as unknown as Record<string, never[]>)[contentsField(datatype)] ?? [];
      return [name, { datatype, shape: shape.map(Number), hex: rawBytes(datatype, values).toString('hex') }];
    }),
  );
}
