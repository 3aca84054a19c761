import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createPredictor } from './create-predictor.ts';
import type { PredictorOptions } from './options.ts';
import { isPredictorError } from './predictor-error.ts';
import type { PredictorFailure } from './predictor-error.ts';
import { identity, json, predictions, problem, serve, timing } from './testing/serve.ts';
import type { Answer } from './testing/serve.ts';

const row = { island: 'Dream' } as const;

const failureOf = async (call: PromiseLike<unknown>): Promise<PredictorFailure> => {
  try {
    await call;
  } catch (error) {
    if (isPredictorError(error)) return error;
    throw error;
  }
  throw new Error('expected a failure');
};

const failWith = async (answer: Answer, options: Partial<PredictorOptions> = {}): Promise<PredictorFailure> => {
  await using server = await serve(answer);
  const predictor = createPredictor({ baseUrl: server.url, retries: 0, ...options });
  return await failureOf(predictor.models.penguins.predict(row));
};

describe('errors of the server', () => {
  it('narrow by code and carry every problem of every row', async () => {
    const details = [{ row: 0, field: 'island', expected: '"Dream"', got: '"x"', hint: 'Did you mean "Dream"?' }];

    const error = await failWith((response) => problem(response, 422, 'INPUT_MISMATCH', { details }));

    expect(error).toMatchObject({
      name: 'InputMismatchError',
      code: 'INPUT_MISMATCH',
      status: 422,
      requestId: 'req-1',
    });
    if (error.code === 'INPUT_MISMATCH') expect(error.details[0]?.hint).toBe('Did you mean "Dream"?');
  });

  it('keep the code of a newer server', async () => {
    const error = await failWith((response) => problem(response, 418, 'BRAND_NEW'));

    expect(error).toMatchObject({ name: 'ResponseError', code: 'BRAND_NEW', status: 418 });
  });

  it.each(['ABORTED', 'CONNECTION_FAILED', 'INVALID_INPUT', 'INVALID_RESPONSE', 'TIMEOUT'])(
    'keep none that this client gives itself: %s',
    async (code) => {
      const error = await failWith((response) => problem(response, 504, code));

      expect(error).toMatchObject({ name: 'ResponseError', code: 'UNKNOWN_ERROR', status: 504, message: `${code}.` });
    },
  );

  it.each([
    ['a page of a gateway', '<html>Bad gateway</html>'],
    ['an empty body', ''],
    ['null', 'null'],
    ['fields of wrong types', '{"code":1,"detail":[],"details":"x","retryAfterMs":"soon"}'],
  ])('are told by their status alone for %s', async (_what, body) => {
    const error = await failWith((response) => response.writeHead(502).end(body));

    expect(error).toMatchObject({ code: 'UNKNOWN_ERROR', status: 502, details: [], retryAfterMs: undefined });
    expect(error.message).toBe('The predictor answered with status 502.');
  });
});

describe('redirects', () => {
  it.each([301, 302, 307])('are not followed: headers go to no other server (%i)', async (status) => {
    await using other = await serve(predictions);
    const error = await failWith(
      (response) => response.writeHead(status, { location: `${other.url}/v1/models/penguins/predict` }).end(),
      { headers: { 'x-api-key': 's3cret' } },
    );

    expect(other.seen).toEqual([]);
    expect(error).toMatchObject({ name: 'ResponseError', code: 'UNKNOWN_ERROR', status });
    expect(error.message).toBe(`The predictor answered with status ${status}, but redirects are not followed.`);
  });

  it('are told by browsers without a status', async () => {
    const opaque = { ...Response.error(), ok: false, status: 0, type: 'opaqueredirect', body: null };
    const answer = { ...opaque, headers: new Headers() } as unknown as Response;
    const { penguins } = createPredictor({ baseUrl: 'http://127.0.0.1:9', fetch: async () => answer }).models;

    expect((await failureOf(penguins.predict(row))).message).toMatch(/redirect/);
  });
});

describe('answers that are not as the contract says', () => {
  const good = { model: identity, predictions: [{ label: 'Adelie', probabilities: {} }], timing };

  it.each([
    ['text', 'hello', 'it is not a JSON object'],
    ['NaN', '{"predictions":[NaN]}', 'it is not a JSON object'],
    ['a cut body', '{"model":', 'it is not a JSON object'],
    ['an array', '[]', 'it is not a JSON object'],
    ['no model', JSON.stringify({ ...good, model: undefined }), '"model" must have name, version and digest'],
    ['a timing of texts', JSON.stringify({ ...good, timing: { totalMs: '1' } }), '"timing" must hold numbers'],
    ['too many predictions', JSON.stringify({ ...good, predictions: [{}, {}] }), '"predictions" must hold 1'],
    ['a prediction that is a list', JSON.stringify({ ...good, predictions: [[]] }), 'prediction 0 must be an object'],
    [
      'a missing label',
      JSON.stringify({ ...good, predictions: [{}] }),
      '"label" of prediction 0 must be of type category',
    ],
    [
      'scores that are texts',
      JSON.stringify({ ...good, predictions: [{ label: 'Adelie', probabilities: { Adelie: '1' } }] }),
      '"probabilities" of prediction 0 must be of type scores',
    ],
  ])('are a typed error: %s', async (_what, body, told) => {
    const error = await failWith((response) => response.writeHead(200, { 'x-request-id': 'r' }).end(body));

    expect(error).toMatchObject({
      name: 'InvalidResponseError',
      code: 'INVALID_RESPONSE',
      status: 200,
      requestId: 'r',
    });
    expect(error.message).toBe(`The answer is not as the contract says: ${told}.`);
  });

  it('are cut off when they never end', async () => {
    const chunk = Buffer.alloc(1 << 16, 0x20);
    const error = await failWith(
      (response) => {
        const write = (): void => {
          while (response.write(chunk));
          response.once('drain', write);
        };
        write();
      },
      { maxResponseBytes: 1 << 20 },
    );

    expect(error).toMatchObject({
      code: 'INVALID_RESPONSE',
      message: 'The answer is not as the contract says: it is larger than 1048576 bytes.',
    });
  });

  it('are cut off after decompression, too', async () => {
    const bomb = gzipSync(Buffer.alloc(1 << 24, 0x20));
    const error = await failWith((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb), {
      maxResponseBytes: 1 << 20,
    });

    expect(bomb.length).toBeLessThan(1 << 15);
    expect(error.code).toBe('INVALID_RESPONSE');
  });

  it('fail as a broken connection when that is what happened', async () => {
    const error = await failWith((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"model"', () => response.destroy());
    });

    expect(error).toMatchObject({ name: 'ConnectionError', code: 'CONNECTION_FAILED' });
  });
});

describe('credentials', () => {
  it('appear in no error text', async () => {
    const bad = createPredictor({
      baseUrl: 'http://127.0.0.1:9/?key=s3cret',
      headers: { authorization: 'Bearer\ns3cret' },
    });
    const unreachable = createPredictor({
      baseUrl: 'http://127.0.0.1:9/?key=s3cret',
      headers: { authorization: 'Bearer s3cret' },
      retries: 0,
    });

    const errors = [
      await failureOf(bad.models.penguins.predict(row)),
      await failureOf(unreachable.models.penguins.predict(row)),
    ];

    expect(errors.map(({ code }) => code)).toEqual(['INVALID_INPUT', 'CONNECTION_FAILED']);
    for (const error of errors)
      expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain('s3cret');
  });

  it('are asked for before every attempt, and a call may add its own', async () => {
    await using server = await serve(predictions);
    let count = 0;
    const headers = async () => ({ authorization: `token ${(count += 1)}` });
    const { penguins } = createPredictor({ baseUrl: server.url, headers }).models;

    await penguins.predict(row, { headers: { 'x-team': 'a' }, requestId: 'mine' });
    await penguins.predict(row);

    expect(server.seen.map((it) => it.headers.authorization)).toEqual(['token 1', 'token 2']);
    expect(server.seen[0]?.headers).toMatchObject({ 'x-team': 'a', 'x-request-id': 'mine' });
  });
});

describe('own fetch', () => {
  it('is used instead of the global one', async () => {
    await using server = await serve((response) => json(response, 200, { models: [] }));
    const seen: string[] = [];
    const own: typeof fetch = (input, init) => {
      seen.push(String(input));
      return fetch(input, init);
    };

    await createPredictor({ baseUrl: server.url, fetch: own }).listModels();

    expect(seen).toEqual([`${server.url}/v1/models`]);
  });
});
