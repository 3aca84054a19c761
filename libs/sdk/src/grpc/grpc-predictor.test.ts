import { Metadata, status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { isPredictorError } from '../predictor-error.ts';
import { createGrpcPredictor } from './create-grpc-predictor.ts';
import type { GrpcPredictor } from './create-grpc-predictor.ts';
import type { GrpcPredictorOptions } from './grpc-options.ts';
import { DroppingProxy } from './testing/dropping-proxy.ts';
import { failWith, FakeReplica } from './testing/fake-replica.ts';
import type { FakeReplicaOptions, UnaryHandler } from './testing/fake-replica.ts';

interface Pair extends DisposableStack {
  readonly replica: FakeReplica;
  readonly predictor: GrpcPredictor;
}

const pair = async (
  handlers: FakeReplicaOptions['handlers'] = {},
  options: Partial<GrpcPredictorOptions> = {},
): Promise<Pair> => {
  const stack = new DisposableStack();
  const replica = stack.use(await FakeReplica.start({ handlers }));
  const predictor = stack.use(createGrpcPredictor({ addresses: [replica.address], ...options }));
  return Object.assign(stack, { replica, predictor });
};

const never: UnaryHandler = () => {};

describe('a call over gRPC', () => {
  it('tells whether server and model are ready', async () => {
    using it = await pair({ ModelReady: (_call, reply) => reply(null, Buffer.alloc(0)) });

    expect(await it.predictor.serverReady()).toBe(true);
    expect(await it.predictor.modelReady('m', { version: '1' })).toBe(false);
  });

  it('carries headers, those of a function too, and the request id', async () => {
    using it = await pair({}, { headers: async () => ({ authorization: 'Bearer a', 'x-team': 'a' }) });

    await it.predictor.serverReady({ headers: { 'x-team': 'b' }, requestId: 'mine' });

    expect(it.replica.lastMetadata.getMap()).toMatchObject({
      authorization: 'Bearer a',
      'x-team': 'b',
      'x-request-id': 'mine',
    });
  });

  it('repeats what is unavailable, another error never', async () => {
    let attempts = 0;
    using it = await pair({
      ServerReady: (call, reply) =>
        (attempts += 1) < 3 ? failWith(status.UNAVAILABLE, 'Soon.')(call, reply) : reply(null, Buffer.of(8, 1)),
      ModelReady: failWith(status.RESOURCE_EXHAUSTED, 'Full.', { 'x-error-code': 'OVERLOADED' }),
    });

    expect(await it.predictor.serverReady()).toBe(true);
    await expect(it.predictor.modelReady('m')).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(it.replica.calls).toBe(4);
  });

  it.each([
    { retries: 2, told: 'is repeated' },
    { retries: 0, told: 'is an error where there are no retries' },
  ])('whose server dies after the head of its answer $told', async ({ retries }) => {
    let attempts = 0;
    using replica = await FakeReplica.start({
      handlers: {
        ServerReady: (call, reply) =>
          (attempts += 1) === 1 ? call.sendMetadata(new Metadata()) : reply(null, Buffer.of(8, 1)),
      },
    });
    using proxy = await DroppingProxy.start(replica.port);
    using predictor = createGrpcPredictor({ addresses: proxy.address, retries, healthCheck: false });

    const answer = predictor.serverReady({ waitForReady: true });

    if (retries > 0) expect(await answer).toBe(true);
    else await expect(answer).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });
    expect([proxy.hasDropped, replica.calls]).toEqual([true, retries > 0 ? 2 : 1]);
  });

  it('never repeats with no retries', async () => {
    using it = await pair({ ServerReady: failWith(status.UNAVAILABLE, 'Soon.') }, { retries: 0 });

    await expect(it.predictor.serverReady()).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });
    expect(it.replica.calls).toBe(1);
  });

  it('uses a server without a health service', async () => {
    using replica = await FakeReplica.start({ isServing: null });
    using predictor = createGrpcPredictor({ addresses: replica.address });

    expect(await predictor.serverReady()).toBe(true);
  });

  it('watches no health where that is switched off', async () => {
    using it = await pair({}, { healthCheck: false });

    await it.predictor.serverReady();

    expect(it.replica.watchers).toBe(0);
  });

  it('waits for a replica that is not there yet, where that is asked for', async () => {
    const gone = await FakeReplica.start();
    gone.kill();
    using predictor = createGrpcPredictor({ addresses: gone.address, retries: 0 });
    await expect(predictor.serverReady()).rejects.toMatchObject({ name: 'ConnectionError', code: 'CONNECTION_FAILED' });

    const call = predictor.serverReady({ waitForReady: true });
    using _replica = await FakeReplica.start({ port: gone.port });

    expect(await call).toBe(true);
  });
});

describe('errors over gRPC', () => {
  it('are those of REST, by the code the server gives', async () => {
    using it = await pair({
      ServerReady: failWith(status.INVALID_ARGUMENT, 'Wrong.', {
        'x-error-code': 'INPUT_MISMATCH',
        'x-request-id': 'r',
      }),
      ModelReady: failWith(status.RESOURCE_EXHAUSTED, 'Full.', {
        'x-error-code': 'OVERLOADED',
        'retry-after-ms': '70',
      }),
    });

    await expect(it.predictor.serverReady()).rejects.toMatchObject({
      name: 'InputMismatchError',
      message: 'Wrong.',
      requestId: 'r',
    });
    await expect(it.predictor.modelReady('m')).rejects.toMatchObject({ name: 'ResponseError', retryAfterMs: 70 });
  });

  it('are by the status alone where the code is one that only this client gives', async () => {
    using it = await pair({ ServerReady: failWith(status.ABORTED, 'No.', { 'x-error-code': 'ABORTED' }) });

    await expect(it.predictor.serverReady()).rejects.toMatchObject({ name: 'ResponseError', code: 'UNKNOWN_ERROR' });
  });

  it.each([
    [status.NOT_FOUND, 'MODEL_NOT_FOUND'],
    [status.INVALID_ARGUMENT, 'INVALID_REQUEST'],
    [status.UNIMPLEMENTED, 'NOT_IMPLEMENTED'],
    [status.INTERNAL, 'UNKNOWN_ERROR'],
    [status.RESOURCE_EXHAUSTED, 'UNKNOWN_ERROR'],
  ])('of another server (status %i) are %s', async (code, told) => {
    using it = await pair({ ServerReady: failWith(code, 'No.') });

    await expect(it.predictor.serverReady()).rejects.toMatchObject({ code: told, message: 'No.' });
  });

  it('tell a deadline and an abort, and end the call on the server', async () => {
    const cancelled = Promise.withResolvers<void>();
    using it = await pair({ ServerReady: (call) => void call.on('cancelled', cancelled.resolve), ModelReady: never });
    const controller = new AbortController();

    const aborted = it.predictor.serverReady({ signal: controller.signal });
    await expect(it.predictor.modelReady('m', { timeoutMs: 500 })).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'The predictor gave no answer within 500 ms.',
    });
    controller.abort('enough');

    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' });
    await cancelled.promise;
  });

  it('send nothing where the signal was aborted before', async () => {
    using it = await pair();

    await expect(it.predictor.serverReady({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(it.replica.calls).toBe(0);
  });

  it('refuse messages beyond the limit, both ways', async () => {
    const big = Buffer.alloc(2000);
    using it = await pair({ ServerReady: (_call, reply) => reply(null, big) }, { maxMessageBytes: 1000 });

    await expect(it.predictor.serverReady()).rejects.toMatchObject({ code: 'INVALID_RESPONSE' });
    await expect(it.predictor.infer('m', { x: { data: big } })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('repeat no secret', async () => {
    using it = await pair({}, { headers: { authorization: 'Bearer\ns3cret' } });

    const error: unknown = await it.predictor.serverReady().catch((reason: unknown) => reason);

    expect(isPredictorError(error) && error.code).toBe('INVALID_INPUT');
    expect(String((error as Error).stack)).not.toContain('s3cret');
  });

  it('come at once after close, which ends the watch and leaves a call that is under way its answer', async () => {
    const held = Promise.withResolvers<() => void>();
    using it = await pair({ ModelReady: (_call, reply) => held.resolve(() => reply(null, Buffer.of(8, 1))) });
    const call = it.predictor.modelReady('m');
    const answer = await held.promise;

    it.predictor.close();
    await it.replica.unwatched;
    answer();

    expect(await call).toBe(true);
    await expect(it.predictor.serverReady()).rejects.toMatchObject({
      code: 'CONNECTION_FAILED',
      message: 'The predictor was closed.',
    });
  });
});

describe('addresses', () => {
  it.each([[[]], [['10.0.0.1:1', '[::1]:2']], [['a:1', 'b:1']], [['10.0.0.1', '10.0.0.2']]])(
    'refuse %j',
    (addresses) => {
      expect(() => createGrpcPredictor({ addresses })).toThrow(
        expect.objectContaining({ code: 'INVALID_INPUT' }) as Error,
      );
    },
  );

  it('may be a name of DNS', async () => {
    using replica = await FakeReplica.start();
    using predictor = createGrpcPredictor({ addresses: `dns:///localhost:${replica.port}` });

    expect(await predictor.serverReady()).toBe(true);
  });
});
