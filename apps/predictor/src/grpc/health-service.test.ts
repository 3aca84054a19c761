import { Health, HealthCheckResponse_ServingStatus as ServingStatus } from '@web-single/contract';
import { describe, expect, it } from 'vitest';
import { MAX_WATCHERS } from './health-service.ts';
import { drainStream, nextOf } from './testing/test-client.ts';
import { startTestServer } from './testing/test-server.ts';

const { check, watch } = Health.method;

describe('health Check', () => {
  it('knows the server, its inference service and every model', async () => {
    await using server = await startTestServer();
    server.calls.models.set('slow', false);
    const statusOf = async (service: string) => (await server.client.unary(check, { service })).message.status;

    expect(await statusOf('')).toBe(ServingStatus.SERVING);
    expect(await statusOf('inference.GRPCInferenceService')).toBe(ServingStatus.SERVING);
    expect(await statusOf('echo')).toBe(ServingStatus.SERVING);
    expect(await statusOf('slow')).toBe(ServingStatus.NOT_SERVING);
  });

  it('answers NOT_FOUND for what there is not', async () => {
    await using server = await startTestServer();

    expect((await server.client.failure(check, { service: 'nobody' })).code).toBe(5);
  });

  it('says NOT_SERVING from the drain on, while requests are answered', async () => {
    await using server = await startTestServer();

    server.running.drain();

    expect((await server.client.unary(check, {})).message.status).toBe(ServingStatus.NOT_SERVING);
    expect((await server.client.unary(check, { service: 'echo' })).message.status).toBe(ServingStatus.NOT_SERVING);
  });
});

describe('health Watch', () => {
  it('tells the state, and every change of it once', async () => {
    await using server = await startTestServer();
    server.calls.models.set('echo', false);
    const stream = server.client.serverStream(watch, { service: 'echo' });

    expect((await nextOf(stream)).status).toBe(ServingStatus.NOT_SERVING);
    server.modelChanged();
    server.calls.models.set('echo', true);
    server.modelChanged();
    expect((await nextOf(stream)).status).toBe(ServingStatus.SERVING);
    server.running.drain();
    expect((await nextOf(stream)).status).toBe(ServingStatus.NOT_SERVING);
    stream.cancel();
  });

  it('says SERVICE_UNKNOWN of a model that is not there yet, then what becomes of it', async () => {
    await using server = await startTestServer();
    const stream = server.client.serverStream(watch, { service: 'late' });

    expect((await nextOf(stream)).status).toBe(ServingStatus.SERVICE_UNKNOWN);
    server.calls.models.set('late', true);
    server.modelChanged();
    expect((await nextOf(stream)).status).toBe(ServingStatus.SERVING);
    stream.cancel();
  });

  it('sees a state that is set after the event, in the same turn of the loop', async () => {
    await using server = await startTestServer();
    server.calls.ready = false;
    const stream = server.client.serverStream(watch, {});
    expect((await nextOf(stream)).status).toBe(ServingStatus.NOT_SERVING);

    server.modelChanged();
    await Promise.resolve();
    server.calls.ready = true;

    expect((await nextOf(stream)).status).toBe(ServingStatus.SERVING);
    stream.cancel();
  });

  it('ends with UNAVAILABLE when the server closes', async () => {
    await using server = await startTestServer();
    const stream = server.client.serverStream(watch, {});
    await nextOf(stream);
    const drained = drainStream(stream);

    await server.running.close();

    const { messages, error } = await drained;
    expect(messages.map(({ status }) => status)).toEqual([ServingStatus.NOT_SERVING]);
    expect(error?.code).toBe(14);
  });

  it('takes so many watchers and no more; one that goes makes room', async () => {
    await using server = await startTestServer({ GRPC_MAX_STREAMS: '2000' });
    const streams = Array.from({ length: MAX_WATCHERS }, () => server.client.serverStream(watch, {}));
    await Promise.all(streams.map((stream) => nextOf(stream)));

    const refused = await drainStream(server.client.serverStream(watch, {}));
    expect(refused.error?.code).toBe(8);

    const gone = server.ended(server.counted.length + 1);
    streams[0]?.cancel();
    await gone;
    expect((await nextOf(server.client.serverStream(watch, {}))).status).toBe(ServingStatus.SERVING);
    expect(server.counted.filter((line) => line.endsWith('RESOURCE_EXHAUSTED'))).toHaveLength(1);
  });
});
