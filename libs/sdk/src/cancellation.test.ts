import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createClient } from './client.ts';
import type { Clock } from './clock.ts';
import { createPredictor } from './create-predictor.ts';
import { models } from './generated/models.ts';
import type { Models } from './generated/models.ts';
import { predictMany } from './many/predict-many.ts';
import type { CallOptions, PredictorOptions } from './options.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { problem, serve } from './testing/serve.ts';
import type { Answer, TestServer } from './testing/serve.ts';

const DEADLINE_MS = 30_000;
const row = { island: 'Dream' } as const;
type Call = (predictor: ReturnType<typeof createPredictor>, options: CallOptions) => PromiseLike<unknown>;

/** Every call there is: a new one belongs here. */
const calls: readonly (readonly [string, Call])[] = [
  ['predict', ({ models }, options) => models.penguins.predict(row, options)],
  ['predict, by row', ({ models }, options) => models.penguins.predict([row], { ...options, onError: 'row' })],
  ['predict, of an image', ({ models }, options) => models.digits.predict(new Blob(['\x89PNG']), options)],
  ['describe', ({ models }, options) => models.penguins.describe(options)],
  ['infer', ({ infer }, options) => infer('m', { x: { data: Float32Array.of(1) } }, options)],
  ['modelMetadata', ({ modelMetadata }, options) => modelMetadata('m', options)],
  ['listModels', ({ listModels }, options) => listModels(options)],
  ['server', ({ server }, options) => server(options)],
  ['ready', ({ ready }, options) => ready(options)],
  ['predictMany', ({ models }, options) => predictMany(models.penguins, [row, row, row], { ...options, batchRows: 1 })],
  [
    'predictMany, by row, gone through',
    async ({ models }, options) => {
      for await (const _ of predictMany(models.penguins, [row], { ...options, onError: 'row' }));
    },
  ],
];

const aborted = { name: 'AbortedError', code: 'ABORTED', cause: 'enough', status: undefined, details: [] };

/** Makes the call and, once `isTime` has resolved, aborts it: what it rejects with. */
async function abortOnce(
  call: Call,
  server: TestServer,
  isTime: Promise<unknown>,
  options: Partial<PredictorOptions> = {},
): Promise<unknown> {
  const controller = new AbortController();
  const predictor = createPredictor({ baseUrl: server.url, ...options });
  const outcome = Promise.resolve(call(predictor, { signal: controller.signal })).catch((error: unknown) => error);
  await isTime;
  controller.abort('enough');
  const error = await outcome;
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  return error;
}

describe.each(calls)('%s', (_name, call) => {
  it('sends nothing, and asks for no headers, where its signal was aborted before', async () => {
    await using server = await serve((response) => response.end());
    let asked = 0;
    const predictor = createPredictor({ baseUrl: server.url, headers: () => ({ count: String((asked += 1)) }) });

    const error = await Promise.resolve(call(predictor, { signal: AbortSignal.abort('enough') })).catch((it) => it);

    expect(error).toMatchObject(aborted);
    expect([server.seen.length, asked]).toEqual([0, 0]);
  });

  it('ends while its headers are fetched', async () => {
    await using server = await serve((response) => response.end());
    let ask = (): void => {};
    const isAsked = new Promise<void>((resolve) => (ask = resolve));
    const headers = (): Promise<never> => {
      ask();
      return new Promise<never>(() => {});
    };

    expect(await abortOnce(call, server, isAsked, { headers })).toMatchObject(aborted);
    expect(server.seen).toEqual([]);
  });

  it('ends while the server has not answered, and closes the connection', async () => {
    await using server = await serve(() => {});

    expect(await abortOnce(call, server, server.arrived(1))).toMatchObject(aborted);
    await server.closed;
  });

  it('ends in the middle of the answer, and closes the connection', async () => {
    await using server = await serve((response) => response.writeHead(200).write('{"model":'));
    const { own, hasRead } = readingFetch();

    expect(await abortOnce(call, server, hasRead, { fetch: own })).toMatchObject(aborted);
    await server.closed;
  });

  it('ends in the middle of an error, and closes the connection', async () => {
    await using server = await serve((response) => response.writeHead(500).write('{"code":'));
    const { own, hasRead } = readingFetch();

    expect(await abortOnce(call, server, hasRead, { fetch: own })).toMatchObject(aborted);
    await server.closed;
  });
});

/** A fetch that tells when the first bytes of an answer have been read. */
function readingFetch(): { own: typeof fetch; hasRead: Promise<void> } {
  let tell = (): void => {};
  const hasRead = new Promise<void>((resolve) => (tell = resolve));
  const own: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const noting = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        controller.enqueue(chunk);
        tell();
      },
    });
    return new Response(response.body!.pipeThrough(noting), response);
  };
  return { own, hasRead };
}

const overloaded: Answer = (response) => problem(response, 503, 'OVERLOADED', { headers: { 'retry-after': '20' } });

/** `ready` is not repeated. */
describe.each(calls.filter(([name]) => name !== 'ready'))('%s', (_name, call) => {
  it('ends while it waits to repeat', async () => {
    let tell = (): void => {};
    const isWaiting = new Promise<void>((resolve) => (tell = resolve));
    await using server = await serve(overloaded);
    const schedule: Clock['schedule'] = (_callback, delayMs) => {
      if (delayMs < DEADLINE_MS) tell();
      return () => {};
    };
    const predictor = createClient<Models>(models, { baseUrl: server.url }, { ...fakeClock(), schedule });
    const controller = new AbortController();

    const outcome = Promise.resolve(call(predictor, { signal: controller.signal })).catch((error: unknown) => error);
    await isWaiting;
    controller.abort('enough');

    expect(await outcome).toMatchObject(aborted);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });
});

/** By row, the error is the outcome of each. */
describe.each(calls.filter(([name]) => !name.includes('gone through')))('%s', (_name, call) => {
  it('sends nothing, and asks for no headers, where its time is up before', async () => {
    await using server = await serve((response) => response.end());
    let asked = 0;
    const predictor = createPredictor({ baseUrl: server.url, headers: () => ({ count: String((asked += 1)) }) });

    const error = await Promise.resolve(call(predictor, { timeoutMs: 0 })).catch((it) => it);

    expect(error).toMatchObject({ name: 'TimeoutError', code: 'TIMEOUT' });
    expect([server.seen.length, asked]).toEqual([0, 0]);
  });
});

describe('a file that cannot be read', () => {
  it('holds up neither an abort nor the deadline', async () => {
    await using server = await serve((response) => response.end());
    const { digits } = createPredictor({ baseUrl: server.url }).models;
    const stuck = new Blob(['x']);
    stuck.arrayBuffer = () => new Promise<never>(() => {});
    const controller = new AbortController();

    const call = digits.predict([stuck], { signal: controller.signal });
    controller.abort('enough');

    await expect(call).rejects.toMatchObject(aborted);
    await expect(digits.predict([stuck], { timeoutMs: 5 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(server.seen).toEqual([]);
  });
});
