import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from './testing/call.ts';
import { demoModels, startPredictor, type PredictorProcess } from './testing/predictor-process.ts';

const tensor = { name: 'image', datatype: 'FP32', shape: [1, 1, 28, 28] };
const zeros = { ...tensor, data: new Array<number>(784).fill(0) };
const body = (request: object): string => JSON.stringify(request);

describe('the Open Inference Protocol over REST', () => {
  let server: PredictorProcess;
  const token = 'a-token-of-the-test';

  beforeAll(async () => {
    server = await startPredictor(demoModels, { ADMIN_TOKEN: token, ADMIN_PORT: '0' });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const get = (path: string) => call(`${server.url}${path}`);
  const infer = (init: RequestInit, model = 'digits') =>
    call(`${server.url}/v2/models/${model}/infer`, { method: 'POST', ...init });

  it.each([
    [
      '/v2',
      { name: 'web-single', extensions: expect.arrayContaining(['binary_tensor_data', 'statistics']) as string[] },
    ],
    ['/v2/', { name: 'web-single' }],
    ['/v2/health/live', { live: true }],
    ['/v2/health/ready', { ready: true }],
    ['/v2/models', { models: ['digits', 'penguins'] }],
    ['/v2/models/digits/ready', { name: 'digits', ready: true }],
    ['/v2/models/digits/versions/1.0.0/ready', { ready: true }],
    [
      '/v2/models/digits',
      { platform: 'onnxruntime_onnx', inputs: [{ name: 'image', datatype: 'FP32', shape: [-1, 1, 28, 28] }] },
    ],
    [
      '/v2/models/digits/config',
      { backend: 'onnxruntime', input: [{ name: 'image', data_type: 'TYPE_FP32', dims: [1, 28, 28] }] },
    ],
    ['/v2/models/digits/stats', { model_stats: [{ name: 'digits', version: '1.0.0' }] }],
  ])('GET %s', async (path, expected) => {
    expect(await get(path)).toMatchObject({ status: 200, json: expected });
  });

  it('lists only extensions that work on this listener, and says which level its tensors are of', async () => {
    const { extensions } = (await get('/v2')).json as { extensions: string[] };
    const { properties } = (await get('/v2/models/digits')).json as { properties: Record<string, string> };

    expect(extensions).not.toContain('model_repository');
    expect(properties['level']).toBe('tensor');
    expect(JSON.parse(properties['row_level_inputs'] ?? '')).toEqual([
      { name: 'image', datatype: 'BYTES', shape: [-1] },
    ]);
  });

  it.each([
    ['/v2/models/nope', 404, "Request for unknown model: 'nope' is not found"],
    ['/v2/models/digits/versions/9', 404, 'Request for unknown model'],
    ['/v2/nothing', 404, 'no such path'],
    ['/v2/models/%zz', 400, 'URL'],
    [`/v2/models/${'x'.repeat(300)}`, 404, 'too long'],
    ['/v2/models/digits/infer', 405, 'POST'],
    ['/v2/systemsharedmemory/status', 501, 'no shared memory'],
  ])('GET %s answers %i as the protocol does', async (path, status, words) => {
    const reply = await get(path);

    expect(reply).toMatchObject({ status, json: { error: expect.stringContaining(words) as string } });
    expect(Object.keys(reply.json as object)).toEqual(['error', 'code', 'requestId']);
  });

  it('takes a body without a type, with the type of a form, or compressed, and refuses other types and encodings', async () => {
    const plain = Buffer.from(body({ inputs: [zeros] }));
    const accepted: RequestInit[] = [
      { body: new Blob([plain]) },
      { body: plain, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      { body: gzipSync(plain), headers: { 'content-encoding': 'gzip' } },
      { body: deflateSync(plain), headers: { 'content-encoding': 'deflate', 'content-type': 'application/json' } },
    ];

    for (const init of accepted) expect(await infer(init)).toMatchObject({ status: 200 });
    expect(await infer({ body: plain, headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 415 });
    const refused = await infer({ body: plain, headers: { 'content-encoding': 'br' } });
    expect([refused.status, refused.headers.get('accept-encoding')]).toEqual([415, 'gzip, deflate']);
    const broken = await infer({ body: gzipSync(plain).subarray(0, 40), headers: { 'content-encoding': 'gzip' } });
    expect(broken).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } });
  });

  it('refuses what inflates beyond the limit, and answers the next request', async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 2 ** 20));

    const reply = await infer({ body: bomb, headers: { 'content-encoding': 'gzip' } });

    expect(reply).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
    expect(
      await infer({ body: body({ inputs: [zeros] }), headers: { 'content-type': 'application/json' } }),
    ).toMatchObject({ status: 200 });
  });

  it('compresses a long answer for who takes it, the length header counting the JSON before', async () => {
    const rows = 200;
    const json = Buffer.from(
      body({
        inputs: [{ ...tensor, shape: [rows, 1, 28, 28], parameters: { binary_data_size: rows * 784 * 4 } }],
        parameters: { binary_data_output: true },
      }),
    );
    const send = (encoding: string) =>
      fetch(`${server.url}/v2/models/digits/infer`, {
        method: 'POST',
        headers: { 'inference-header-content-length': String(json.length), 'accept-encoding': encoding },
        body: Buffer.concat([json, Buffer.alloc(rows * 784 * 4)]),
      });
    const plain = await send('identity');
    const expected = Buffer.from(await plain.arrayBuffer());

    for (const encoding of ['gzip', 'deflate']) {
      const reply = await send(encoding);
      expect(reply.headers.get('content-encoding')).toBe(encoding);
      expect(Buffer.from(await reply.arrayBuffer()).equals(expected)).toBe(true);
      expect(reply.headers.get('inference-header-content-length')).toBe(
        plain.headers.get('inference-header-content-length'),
      );
    }
  });

  it('takes the whole body as the one input, and answers in bytes', async () => {
    const reply = await infer({ body: Buffer.alloc(784 * 4), headers: { 'inference-header-content-length': '0' } });

    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('application/octet-stream');
    expect(
      Number(reply.headers.get('content-length')) - Number(reply.headers.get('inference-header-content-length')),
    ).toBe(40);
  });

  it('counts what it answered', async () => {
    const before = (await get('/v2/models/digits/stats')).json.model_stats[0] as Record<string, number>;
    await infer({
      body: body({ inputs: [{ ...zeros, shape: [2, 1, 28, 28], data: [...zeros.data, ...zeros.data] }] }),
      headers: { 'content-type': 'application/json' },
    });
    const after = (await get('/v2/models/digits/stats')).json.model_stats[0] as Record<string, number>;

    expect((after['inference_count'] ?? 0) - (before['inference_count'] ?? 0)).toBe(2);
    expect((after['execution_count'] ?? 0) - (before['execution_count'] ?? 0)).toBe(1);
  });

  it('gives up at the timeout that the request itself carries', async () => {
    const reply = await infer({
      body: body({ inputs: [zeros], parameters: { timeout: 1 } }),
      headers: { 'content-type': 'application/json' },
    });

    expect(reply).toMatchObject({ status: 504, json: { code: 'DEADLINE_EXCEEDED' } });
  });

  it('loads and unloads on the admin listener only, while the other models answer', async () => {
    const admin = /admin\s+(\S+)/.exec(server.output().stderr)?.[1] ?? '';
    const change = (action: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
      call(`${admin}/v2/repository/models/penguins/${action}`, { method: 'POST', headers });

    expect((await change('unload', {})).status).toBe(401);
    expect((await call(`${server.url}/v2/repository/models/penguins/unload`, { method: 'POST' })).status).toBe(501);
    expect((await change('unload')).status).toBe(200);
    expect(await get('/v2/models/penguins/ready')).toMatchObject({ status: 503, json: { ready: false } });
    expect(
      (await infer({ body: body({ inputs: [zeros] }), headers: { 'content-type': 'application/json' } })).status,
    ).toBe(200);
    expect((await change('load')).status).toBe(200);
    expect(await get('/v2/models/penguins/ready')).toMatchObject({ status: 200, json: { ready: true } });
  });
});
