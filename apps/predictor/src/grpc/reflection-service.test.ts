import { create, fromBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { ServerReflection, ServerReflectionV1Alpha, type ServerReflectionResponse } from '@web-single/contract';
import { describe, expect, it } from 'vitest';
import { drainStream, type TestClient } from './testing/test-client.ts';
import { startTestServer } from './testing/test-server.ts';

const { serverReflectionInfo } = ServerReflection.method;

async function ask(
  client: TestClient,
  ...questions: MessageInitShape<typeof serverReflectionInfo.input>['messageRequest'][]
): Promise<ServerReflectionResponse['messageResponse'][]> {
  const stream = client.bidi(serverReflectionInfo);
  for (const messageRequest of questions)
    stream.write(create(serverReflectionInfo.input, messageRequest === undefined ? {} : { messageRequest }));
  stream.end();
  return (await drainStream(stream)).messages.map(({ messageResponse }) => messageResponse);
}

function filesOf(response: ServerReflectionResponse['messageResponse'] | undefined): (string | undefined)[] {
  if (response?.case !== 'fileDescriptorResponse') return [];
  return response.value.fileDescriptorProto.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes).name);
}

describe('reflection', () => {
  it('lists every service', async () => {
    await using server = await startTestServer();

    const [response] = await ask(server.client, { case: 'listServices', value: '' });

    expect(response?.case === 'listServicesResponse' && response.value.service.map(({ name }) => name)).toEqual([
      'inference.GRPCInferenceService',
      'grpc.health.v1.Health',
      'grpc.reflection.v1.ServerReflection',
      'grpc.reflection.v1alpha.ServerReflection',
    ]);
  });

  it.each([
    'inference.GRPCInferenceService',
    'inference.GRPCInferenceService.ModelInfer',
    'inference.ModelInferRequest.InferInputTensor',
    'inference.ModelInferRequest.raw_input_contents',
  ])('finds the file of %s, with what it imports', async (value) => {
    await using server = await startTestServer();

    const [response] = await ask(server.client, { case: 'fileContainingSymbol', value });

    expect(filesOf(response)).toEqual(['inference/grpc_service.proto', 'inference/model_config.proto']);
  });

  it('finds enums of imported files, and files by name', async () => {
    await using server = await startTestServer();

    const responses = await ask(
      server.client,
      { case: 'fileContainingSymbol', value: 'inference.DataType' },
      { case: 'fileByFilename', value: 'grpc/health/v1/health.proto' },
    );

    expect(responses.map(filesOf)).toEqual([['inference/model_config.proto'], ['grpc/health/v1/health.proto']]);
  });

  it('answers what it has not, and goes on', async () => {
    await using server = await startTestServer();

    const responses = await ask(
      server.client,
      { case: 'fileContainingSymbol', value: 'nothing.Here' },
      { case: 'fileByFilename', value: '../../etc/passwd' },
      { case: 'allExtensionNumbersOfType', value: 'inference.ModelInferRequest' },
      undefined,
      { case: 'listServices', value: '' },
    );

    expect(responses.map((response) => response.case === 'errorResponse' && response.value.errorCode)).toEqual([
      5,
      5,
      5,
      3,
      false,
    ]);
  });

  it('answers as v1alpha too', async () => {
    await using server = await startTestServer();
    const stream = server.client.bidi(ServerReflectionV1Alpha.method.serverReflectionInfo);
    const { input } = ServerReflectionV1Alpha.method.serverReflectionInfo;

    stream.write(create(input, { messageRequest: { case: 'listServices', value: '' } }));
    stream.end();

    const { messages } = await drainStream(stream);
    expect(messages[0]?.messageResponse.case).toBe('listServicesResponse');
  });
});
