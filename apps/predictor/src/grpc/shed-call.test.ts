import { GRPCInferenceService } from '@web-single/contract';
import { ServingError } from '@web-single/serving';
import { describe, expect, it } from 'vitest';
import { callHeaders, openSession, rawCall } from './testing/raw-call.ts';
import { startTestServer } from './testing/test-server.ts';

const { modelInfer, serverLive } = GRPCInferenceService.method;
const route = '/inference.GRPCInferenceService/ModelInfer';
const busy = new ServingError('OVERLOADED', 'The model is busy.', { retryAfterMs: 1234.5 });

describe('shedCall', () => {
  it('refuses before a byte of the message has come', async () => {
    await using server = await startTestServer();
    server.calls.busy = busy;
    const session = openSession(server.running.address);

    const stream = session.request(callHeaders(route, { 'x-request-id': 'a' }));
    const { promise, resolve } = Promise.withResolvers<Record<string, unknown>>();
    stream.on('response', resolve);

    expect(await promise).toMatchObject({
      ':status': 200,
      'content-type': 'application/grpc+proto',
      'grpc-status': '8',
      'grpc-message': 'The%20model%20is%20busy.',
      'grpc-retry-pushback-ms': '1235',
      'retry-after-ms': '1235',
      'x-error-code': 'OVERLOADED',
      'x-request-id': 'a',
    });
    expect(server.calls.asked).toEqual({ unnamed: 1, named: 0 });
    session.destroy();
  });

  it('tells a stock client what a refusal after the message tells it, in the midst of a large one as well', async () => {
    await using server = await startTestServer();
    server.calls.busy = busy;
    const inputs = [{ name: 'x', datatype: 'UINT8', shape: [3_000_000n] }];
    const large = { modelName: 'echo', inputs, rawInputContents: [new Uint8Array(3_000_000)] };

    const early = await server.client.failure(modelInfer, large, { metadata: { 'x-request-id': 'a' } });
    server.calls.models.set('other', true);
    const late = await server.client.failure(modelInfer, large, { metadata: { 'x-request-id': 'a' } });
    server.calls.busy = undefined;
    const answered = await server.client.unary(modelInfer, large);

    const told = (failure: typeof early) => ({
      ...failure,
      stack: '',
      metadata: { ...failure.metadata.getMap(), date: '' },
    });
    expect(told(early)).toEqual(told(late));
    expect(early).toMatchObject({ code: 8, details: 'The model is busy.' });
    expect(server.calls.asked).toEqual({ unnamed: 3, named: 2 });
    expect(answered.message.modelName).toBe('echo');
  });

  it('counts each, and gives the first a log line that names the model', async () => {
    await using server = await startTestServer();
    server.calls.busy = busy;

    await server.client.failure(modelInfer, { modelName: 'echo' });
    await server.client.failure(modelInfer, { modelName: 'echo' });
    await server.ended(2);

    expect(server.counted).toEqual(Array(2).fill(`${route} RESOURCE_EXHAUSTED`));
    expect(server.lines).toMatchObject([{ code: 'OVERLOADED', model: 'echo', version: '1' }]);
  });

  it('leaves all other calls to the library', async () => {
    await using server = await startTestServer();
    server.calls.busy = busy;

    expect((await server.client.unary(serverLive, {})).message.live).toBe(true);
    expect(await rawCall(server.running.address, '/any.Service/Method')).toMatchObject({ 'grpc-status': '12' });
    const malformed = await rawCall(server.running.address, route, { headers: { 'grpc-timeout': 'soon' } });
    expect(malformed['grpc-status']).not.toBe('8');
    expect(server.calls.asked.unnamed).toBe(0);
  });
});
