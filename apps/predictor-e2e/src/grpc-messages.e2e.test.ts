import { create, fromBinary, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { GRPCInferenceService, type ModelInferRequest } from '@web-single/contract';
import { createGrpcPredictor, type GrpcPredictor } from '@web-single/sdk/grpc';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const { modelInfer, modelMetadata } = GRPCInferenceService.method;
type Response = MessageInitShape<typeof modelInfer.output>;
type Call = ServerUnaryCall<Buffer, Buffer>;

const asItIs = (bytes: Buffer): Buffer => bytes;
const plain = ({ buffer, byteOffset, length }: Uint8Array): Uint8Array => new Uint8Array(buffer, byteOffset, length);

/** A server whose messages are read and written by generated code. */
describe('the messages of the gRPC client, held against the generated ones', () => {
  const server = new Server();
  let predictor: GrpcPredictor;
  let seen: ModelInferRequest;
  let answer: Response = {};

  beforeAll(async () => {
    const method = {
      requestStream: false,
      responseStream: false,
      requestSerialize: asItIs,
      requestDeserialize: asItIs,
    };
    const definition = { ...method, responseSerialize: asItIs, responseDeserialize: asItIs };
    const service = '/inference.GRPCInferenceService/';
    server.addService(
      {
        modelInfer: { ...definition, path: `${service}ModelInfer` },
        modelMetadata: { ...definition, path: `${service}ModelMetadata` },
      },
      {
        modelInfer: (call: Call, reply: sendUnaryData<Buffer>) => {
          seen = fromBinary(modelInfer.input, plain(call.request));
          reply(null, Buffer.from(toBinary(modelInfer.output, create(modelInfer.output, answer))));
        },
        modelMetadata: (call: Call, reply: sendUnaryData<Buffer>) => {
          const { name, version } = fromBinary(modelMetadata.input, plain(call.request));
          const tensor = { name: 'x', datatype: 'INT64', shape: [-1n, 3n] };
          const message = { name, versions: [version, ''], platform: 'p', inputs: [tensor], outputs: [] };
          reply(null, Buffer.from(toBinary(modelMetadata.output, create(modelMetadata.output, message))));
        },
      },
    );
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      ),
    );
    predictor = createGrpcPredictor({ addresses: `127.0.0.1:${port}` });
  });

  afterAll(() => {
    predictor.close();
    server.forceShutdown();
  });

  const anyText = fc.string({ unit: 'grapheme' });
  const anyParameter = fc.oneof(
    anyText,
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const anyRequest = fc.record({
    model: anyText,
    version: anyText,
    id: anyText,
    outputs: fc.array(anyText),
    parameters: fc.dictionary(anyText, anyParameter),
    tensors: fc.dictionary(anyText, fc.uint8Array()),
  });

  it('say in a request what was meant', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async ({ model, tensors, outputs, ...options }) => {
        answer = { modelName: 'm', outputs: unique(outputs).map((name) => ({ name, datatype: 'FP32', shape: [0n] })) };
        answer.rawOutputContents = unique(outputs).map(() => new Uint8Array());
        const inputs = Object.entries(tensors).map(([name, data]) => ({ name, data, shape: [1, data.length] }));

        await predictor.infer(model, inputs, { ...options, outputs });

        expect([seen.modelName, seen.modelVersion, seen.id]).toEqual([model, options.version, options.id]);
        expect(seen.outputs.map(({ name }) => name)).toEqual(outputs);
        expect(seen.inputs.map(({ name, datatype, shape }) => [name, datatype, shape])).toEqual(
          inputs.map(({ name, data }) => [name, 'UINT8', [1n, BigInt(data.length)]]),
        );
        expect(seen.rawInputContents).toEqual(inputs.map(({ data }) => Uint8Array.from(data)));
        expect(parametersOf(seen)).toEqual(new Map(Object.entries(options.parameters)));
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  it('read from an answer what was written', async () => {
    const anyOutput = fc.record({ name: anyText, raw: fc.uint8Array() });
    const anyAnswer = fc.record({ model: anyText, version: anyText, id: anyText, outputs: fc.array(anyOutput) });

    await fc.assert(
      fc.asyncProperty(anyAnswer, async ({ model, version, id, outputs }) => {
        const named = [...new Map(outputs.map((output) => [output.name, output])).values()];
        answer = {
          modelName: model,
          modelVersion: version,
          id,
          parameters: { a: { parameterChoice: { case: 'int64Param', value: -1n } } },
          outputs: named.map(({ name, raw }) => ({ name, datatype: 'UINT8', shape: [1n, BigInt(raw.length)] })),
          rawOutputContents: named.map(({ raw }) => raw),
        };

        const result = await predictor.infer('m', {});

        expect(result.model).toEqual({ name: model, version: version || undefined });
        expect(result.id).toBe(id || undefined);
        expect(new Map(Object.entries(result.outputs))).toEqual(
          new Map(named.map(({ name, raw }) => [name, { datatype: 'UINT8', shape: [1, raw.length], data: raw }])),
        );
      }),
      { seed: 22, numRuns: 300 },
    );
  });

  it('read metadata', async () => {
    expect(await predictor.modelMetadata('m', { version: '2' })).toEqual({
      name: 'm',
      versions: ['2', ''],
      platform: 'p',
      inputs: [{ name: 'x', datatype: 'INT64', shape: [-1, 3] }],
      outputs: [],
    });
  });
});

const unique = (names: readonly string[]): string[] => [...new Set(names)];

function parametersOf({ parameters }: ModelInferRequest): Map<string, unknown> {
  return new Map(
    Object.entries(parameters).map(([name, { parameterChoice }]) => [
      name,
      parameterChoice.case === 'int64Param' ? Number(parameterChoice.value) : parameterChoice.value,
    ]),
  );
}
