import { once } from 'node:events';
import { connect } from 'node:net';
import { GRPCInferenceService, Health } from '@web-single/contract';
import { describe, expect, it } from 'vitest';
import type { InferResponse } from '@web-single/contract';
import { echo } from './testing/fake-inference-calls.ts';
import { rawCall } from './testing/raw-call.ts';
import { drainStream, TestClient } from './testing/test-client.ts';
import { startTestServer } from './testing/test-server.ts';

const { modelInfer, modelStreamInfer, serverLive } = GRPCInferenceService.method;
const route = '/inference.GRPCInferenceService/ModelInfer';

describe('startGrpcServer', () => {
  it('writes one log line and counts once per call', async () => {
    await using server = await startTestServer();

    await server.client.unary(modelInfer, { modelName: 'echo' }, { metadata: { 'x-request-id': 'a' } });
    await server.client.failure(modelInfer, { modelName: 'nobody' }, { metadata: { 'x-request-id': 'b' } });
    await server.ended(2);

    const line = { method: 'gRPC', route, durationMs: expect.any(Number), msg: 'request' };
    expect(server.lines).toEqual([
      { level: 30, ...line, requestId: 'a', status: 'OK', code: 'OK', model: 'echo', version: '1' },
      { level: 30, ...line, requestId: 'b', status: 'NOT_FOUND', code: 'MODEL_NOT_FOUND' },
    ]);
    expect(server.counted).toEqual([`${route} OK`, `${route} NOT_FOUND`]);
  });

  it('counts what the library answers by itself, under labels no caller chooses', async () => {
    await using server = await startTestServer();

    await rawCall(server.running.address, '/any.Service/Method');
    await rawCall(server.running.address, route, { headers: { 'content-type': 'text/plain' } });
    await server.ended(2);

    expect(server.counted).toEqual(['_other UNIMPLEMENTED', `${route} UNKNOWN`]);
  });

  it('sheds messages that would be too many bytes with those still being answered', async () => {
    await using server = await startTestServer({ BODIES_LIMIT_BYTES: '2000000' });
    const answer = Promise.withResolvers<InferResponse>();
    const begun = Promise.withResolvers<void>();
    const inputs = [{ name: 'x', datatype: 'UINT8', shape: [1_500_000n] }];
    const large = { modelName: 'echo', inputs, rawInputContents: [new Uint8Array(1_500_000)] };
    server.calls.answer = () => (begun.resolve(), answer.promise);
    const first = server.client.unary(modelInfer, large);
    await begun.promise;

    const refused = await server.client.failure(modelInfer, large);
    answer.resolve(echo(server.calls.seen[0]!));
    await first;
    await server.client.unary(modelInfer, large);

    expect(refused.code).toBe(8);
  });

  it('rejects with the reason where the port is taken', async () => {
    await using server = await startTestServer();
    const [, port = ''] = server.running.address.split(':');

    await expect(startTestServer({ GRPC_PORT: port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('finishes what was begun when it closes, and takes nothing new', async () => {
    await using server = await startTestServer();
    const answer = Promise.withResolvers<InferResponse>();
    const begun = Promise.withResolvers<void>();
    server.calls.answer = () => (begun.resolve(), answer.promise);
    const reply = server.client.unary(modelInfer, { modelName: 'echo', id: 'late' });
    await begun.promise;

    const closed = server.running.close();
    using other = new TestClient(server.running.address);
    expect((await other.failure(serverLive, {})).code).toBe(14);
    answer.resolve(echo(server.calls.seen[0]!));

    expect((await reply).message.id).toBe('late');
    await closed;
  });

  it('answers what a stream has sent before it closes, then ends it with UNAVAILABLE', async () => {
    await using server = await startTestServer();
    const answer = Promise.withResolvers<InferResponse>();
    const begun = Promise.withResolvers<void>();
    server.calls.answer = () => (begun.resolve(), answer.promise);
    const stream = server.client.bidi(modelStreamInfer);
    const drained = drainStream(stream);
    stream.write({ ...echoRequest, id: 'a' });
    await begun.promise;

    const closed = server.running.close();
    answer.resolve(echo(server.calls.seen[0]!));

    const { messages, error } = await drained;
    expect(messages.map(({ inferResponse }) => inferResponse?.id)).toEqual(['a']);
    expect(error?.code).toBe(14);
    await closed;
  });

  it('outlives a connection that breaks while what answers it is loaded', async () => {
    const loading = Promise.withResolvers<void>();
    await using server = await startTestServer({}, () => loading.promise.then(() => import('./grpc-server.ts')));
    const [host, port] = server.running.address.split(':');
    const socket = connect({ host, port: Number(port) });
    await once(socket, 'connect');
    socket.resetAndDestroy();
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));

    loading.resolve();

    expect((await server.client.unary(serverLive, {})).message.live).toBe(true);
  });

  it('closes at once where nobody has connected', async () => {
    await using server = await startTestServer();

    await server.running.close();

    expect((await server.client.failure(serverLive, {})).code).toBe(14);
  });

  it('closes at once with idle connections', async () => {
    await using server = await startTestServer();
    await server.client.unary(serverLive, {});

    await server.running.close();

    expect((await server.client.failure(Health.method.check, {})).code).toBe(14);
  });
});

const echoRequest = {
  $typeName: 'inference.ModelInferRequest' as const,
  modelName: 'echo',
  modelVersion: '',
  id: '',
  parameters: {},
  inputs: [],
  outputs: [],
  rawInputContents: [],
};
