import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClient } from './client.ts';
import type { Predictor } from './client.ts';
import { models } from './generated/models.ts';
import type { Models } from './generated/models.ts';
import type { PredictorOptions } from './options.ts';
import { parseRetryAfter, retryDelayMs } from './retry-delay.ts';
import { fakeClock } from './testing/fake-clock.ts';
import type { FakeClock } from './testing/fake-clock.ts';
import { predictions, problem, serve } from './testing/serve.ts';
import type { Answer } from './testing/serve.ts';

const row = { island: 'Dream' } as const;

const clientOf = (url: string, clock: FakeClock, options: Partial<PredictorOptions> = {}): Predictor<Models> =>
  createClient<Models>(models, { baseUrl: url, ...options }, clock);

/** Fails the first attempts, then predicts. */
const failing =
  (times: number, fail: Answer): Answer =>
  (response, seen, attempt) =>
    attempt <= times ? fail(response, seen, attempt) : predictions(response, seen);

describe('retries', () => {
  it('repeat a 503 with full jitter, doubling, and then answer', async () => {
    await using server = await serve(failing(2, (response) => problem(response, 503, 'OVERLOADED')));
    const clock = fakeClock(0.5);

    expect(await clientOf(server.url, clock).models.penguins.predict(row)).toMatchObject({ label: 'Adelie' });
    expect(clock.slept).toEqual([100, 200]);
  });

  it('and deadlines are numbers from 0: others are refused before anything is sent', async () => {
    await using server = await serve(predictions);
    const refusal = (got: string) => ({
      code: 'INVALID_INPUT',
      message: `Expected numbers from 0, got ${got}.`,
    });
    const unbounded = clientOf(server.url, fakeClock(), { maxResponseBytes: NaN, timeoutMs: -1 });
    const { penguins } = clientOf(server.url, fakeClock()).models;

    await expect(unbounded.server()).rejects.toMatchObject(refusal('timeoutMs -1, retries 2, maxResponseBytes NaN'));
    await expect(penguins.predict(row, { timeoutMs: NaN, retries: NaN })).rejects.toMatchObject(
      refusal('timeoutMs NaN, retries NaN, maxResponseBytes 67108864'),
    );
    await penguins.predict(row, { timeoutMs: Infinity, retries: 0 });

    expect(server.seen).toHaveLength(1);
  });

  it('send the same body again, an image too', async () => {
    await using server = await serve(failing(1, (response) => problem(response, 503, 'ENGINE_CRASHED')));
    const file = new Blob(['\x89PNG file']);

    await clientOf(server.url, fakeClock()).models.digits.predict(file);

    expect(server.seen).toHaveLength(2);
    expect(server.seen[0]?.body).toEqual(server.seen[1]?.body);
  });

  it('repeat a connection that broke before an answer', async () => {
    await using server = await serve(failing(1, (response) => response.destroy()));

    expect(await clientOf(server.url, fakeClock()).models.penguins.predict(row)).toMatchObject({ label: 'Adelie' });
  });

  it('wait at least as long as Retry-After says', async () => {
    const fail: Answer = (response) => problem(response, 429, 'RATE_LIMITED', { headers: { 'retry-after': '2' } });
    await using server = await serve(failing(1, fail));
    const clock = fakeClock(0.5);

    await clientOf(server.url, clock).models.penguins.predict(row);

    expect(clock.slept).toEqual([2100]);
  });

  it('give up at once where Retry-After lies behind the deadline', async () => {
    const fail: Answer = (response) => problem(response, 503, 'OVERLOADED', { headers: { 'retry-after': '31' } });
    await using server = await serve(fail);
    const clock = fakeClock();

    await expect(clientOf(server.url, clock).models.penguins.predict(row)).rejects.toMatchObject({
      retryAfterMs: 31_000,
    });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    [400, 'INVALID_REQUEST'],
    [404, 'MODEL_NOT_FOUND'],
    [408, 'REQUEST_TIMEOUT'],
    [422, 'INPUT_MISMATCH'],
    [429, 'RATE_LIMITED'],
    [500, 'INFERENCE_FAILED'],
    [502, 'X'],
    [504, 'DEADLINE_EXCEEDED'],
  ])('never repeat a %i (%s) that does not say when', async (status, code) => {
    await using server = await serve((response) => problem(response, status, code));

    await expect(clientOf(server.url, fakeClock()).models.penguins.predict(row)).rejects.toMatchObject({ status });
    expect(server.seen).toHaveLength(1);
  });

  it('stop after `retries` more attempts, none with 0', async () => {
    await using server = await serve((response) => problem(response, 503, 'MODEL_NOT_READY'));
    const { penguins } = clientOf(server.url, fakeClock(), { retries: 3 }).models;

    await expect(penguins.predict(row)).rejects.toMatchObject({ code: 'MODEL_NOT_READY' });
    expect(server.seen).toHaveLength(4);
    await expect(penguins.predict(row, { retries: 0 })).rejects.toMatchObject({ code: 'MODEL_NOT_READY' });
    expect(server.seen).toHaveLength(5);
  });

  it('are a tenth of the calls when everything fails', async () => {
    await using server = await serve((response) => problem(response, 503, 'OVERLOADED'));
    const { penguins } = clientOf(server.url, fakeClock()).models;

    for (let call = 0; call < 200; call += 1) await penguins.predict(row).catch(() => {});

    // 200 first attempts, the 10 the budget starts with, and 0.1 for each call.
    expect(server.seen.length).toBeGreaterThan(225);
    expect(server.seen.length).toBeLessThanOrEqual(230);
  });
});

describe('deadline and abort', () => {
  it('end a call that gets no answer, and free its socket', async () => {
    await using server = await serve(() => {});
    // Long enough for the request to arrive on a busy machine: without it there would be no answer to end.
    const predictor = createClient<Models>(models, { baseUrl: server.url, timeoutMs: 1000 });

    await expect(predictor.models.penguins.predict(row)).rejects.toMatchObject({
      name: 'TimeoutError',
      code: 'TIMEOUT',
      message: 'The predictor gave no answer within 1000 ms.',
    });
    await server.closed;
    expect(server.seen).toHaveLength(1);
  });

  it('end an answer that stalls half way', async () => {
    await using server = await serve((response) => void response.write('{'));
    const predictor = createClient<Models>(models, { baseUrl: server.url, timeoutMs: 1000 });

    await expect(predictor.models.penguins.predict(row)).rejects.toMatchObject({ code: 'TIMEOUT' });
    await server.closed;
  });

  it('end a fetch and a header function that know no signal', async () => {
    const never = new Promise<never>(() => {});

    for (const option of [{ fetch: () => never }, { headers: () => never }]) {
      const predictor = createClient<Models>(models, { baseUrl: 'http://127.0.0.1:9', timeoutMs: 5, ...option });
      await expect(predictor.models.penguins.predict(row)).rejects.toMatchObject({ code: 'TIMEOUT' });
    }
  });

  it("end with the caller's reason, free the socket, and are never repeated", async () => {
    const controller = new AbortController();
    await using server = await serve(() => controller.abort('enough'));

    const call = clientOf(server.url, fakeClock()).models.penguins.predict(row, { signal: controller.signal });

    await expect(call).rejects.toMatchObject({ name: 'AbortedError', code: 'ABORTED', cause: 'enough' });
    await server.closed;
    expect(server.seen).toHaveLength(1);
  });

  it('send nothing where the signal was aborted before', async () => {
    await using server = await serve(predictions);

    const call = clientOf(server.url, fakeClock()).models.penguins.predict(row, { signal: AbortSignal.abort() });

    await expect(call).rejects.toMatchObject({ code: 'ABORTED' });
    expect(server.seen).toHaveLength(0);
  });

  it('end the waiting between attempts', async () => {
    const controller = new AbortController();
    await using server = await serve((response) => {
      problem(response, 503, 'OVERLOADED', { headers: { 'retry-after': '20' } });
      response.on('close', () => controller.abort());
    });
    const predictor = createClient<Models>(models, { baseUrl: server.url });

    await expect(predictor.models.penguins.predict(row, { signal: controller.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
  });
});

describe('parseRetryAfter', () => {
  const parse = (value: string, date?: string): number | undefined =>
    parseRetryAfter(
      new Headers({ 'retry-after': value, ...(date === undefined ? {} : { date }) }),
      Date.UTC(2026, 10, 23, 12),
    );

  it("reads seconds and dates, these against the server's own clock", () => {
    expect(parse('3')).toBe(3000);
    expect(parse('Mon, 23 Nov 2026 12:00:05 GMT')).toBe(5000);
    expect(parse('Mon, 23 Nov 2026 12:00:05 GMT', 'Mon, 23 Nov 2026 12:00:03 GMT')).toBe(2000);
    expect(parse('Mon, 23 Nov 2026 11:00:00 GMT')).toBe(0);
  });

  it('gives a delay or nothing, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-+.eE MonNvGT:,') }), (value) => {
        const delayMs = parse(value);
        expect(delayMs === undefined || (Number.isFinite(delayMs) && delayMs >= 0)).toBe(true);
      }),
      { seed: 13, numRuns: 1000 },
    );
  });

  it('jitters from zero up to a cap', () => {
    expect(retryDelayMs(0, undefined, () => 0)).toBe(0);
    expect(retryDelayMs(50, undefined, () => 1)).toBe(5000);
    expect(retryDelayMs(0, 1000, () => 0)).toBe(1000);
  });
});
