import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { GRPCInferenceService, type InferResponse } from '@web-single/contract';
import { describe, expect, it } from 'vitest';
import type { InferCall } from '../oip/inference-calls.ts';
import { MAX_REQUESTS_IN_FLIGHT } from './stream-infer.ts';
import { echo, requestIn } from './testing/fake-inference-calls.ts';
import { drainStream, nextOf } from './testing/test-client.ts';
import { startTestServer } from './testing/test-server.ts';

const { modelStreamInfer } = GRPCInferenceService.method;

const requestOf = (id: string, init: MessageInitShape<typeof modelStreamInfer.input> = {}) =>
  create(modelStreamInfer.input, { modelName: 'echo', id, ...(init as object) });

describe('ModelStreamInfer', () => {
  it('answers in the order of the requests, whatever is done first', async () => {
    await using server = await startTestServer();
    const first = Promise.withResolvers<InferResponse>();
    server.calls.answer = (call) => {
      if (requestIn(call).id === 'a') return first.promise;
      setImmediate(() => first.resolve(echo(server.calls.seen[0]!)));
      return Promise.resolve(echo(call));
    };
    const stream = server.client.bidi(modelStreamInfer);

    stream.write(requestOf('a'));
    stream.write(requestOf('b'));
    stream.end();

    const { messages } = await drainStream(stream);
    expect(messages.map(({ inferResponse }) => inferResponse?.id)).toEqual(['a', 'b']);
  });

  it('goes on after a request that failed', async () => {
    await using server = await startTestServer();
    const stream = server.client.bidi(modelStreamInfer);

    for (const request of [
      requestOf('a', { modelName: 'nobody' }),
      requestOf('b', { inputs: [{ name: 'x', datatype: 'BF16' }] }),
      requestOf('c'),
    ])
      stream.write(request);
    stream.end();

    const { messages, error } = await drainStream(stream);
    expect(error).toBeNull();
    expect(messages.map(({ inferResponse }) => inferResponse?.id)).toEqual(['a', 'b', 'c']);
    expect(messages[0]?.errorMessage).toMatch(/^Request for unknown model: 'nobody' is not found/);
    expect(messages[1]?.errorMessage).toContain('BF16');
    expect(messages[2]?.errorMessage).toBe('');
  });

  it('reads no more requests than it may work on, and all of them in the end', async () => {
    await using server = await startTestServer();
    const release = Promise.withResolvers<void>();
    const full = Promise.withResolvers<void>();
    let most = 0;
    let atWork = 0;
    server.calls.answer = async (call) => {
      most = Math.max(most, (atWork += 1));
      if (atWork === MAX_REQUESTS_IN_FLIGHT) full.resolve();
      await release.promise;
      atWork -= 1;
      return echo(call);
    };
    const stream = server.client.bidi(modelStreamInfer);
    const drained = drainStream(stream);

    for (let index = 0; index < 200; index += 1) stream.write(requestOf(String(index)));
    stream.end();
    await full.promise;
    release.resolve();

    expect((await drained).messages).toHaveLength(200);
    expect(most).toBe(MAX_REQUESTS_IN_FLIGHT);
  });

  it('drops the work of a caller that goes', async () => {
    await using server = await startTestServer();
    const started = Promise.withResolvers<InferCall>();
    server.calls.answer = (call) => (started.resolve(call), new Promise(() => undefined));
    const stream = server.client.bidi(modelStreamInfer);
    stream.on('error', () => undefined);
    stream.write(requestOf('a'));
    const { signal } = await started.promise;
    const aborted = new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));

    stream.cancel();

    await aborted;
  });

  it('gives each request a deadline of its own', async () => {
    await using server = await startTestServer({ REQUEST_TIMEOUT_MS: '5000' });
    const stream = server.client.bidi(modelStreamInfer);
    const before = performance.now();

    stream.write(requestOf('a'));
    await nextOf(stream);

    const { deadlineMs } = server.calls.seen[0]!;
    expect(deadlineMs).toBeGreaterThanOrEqual(before + 5000);
    expect(deadlineMs).toBeLessThanOrEqual(performance.now() + 5000);
    stream.end();
  });
});
