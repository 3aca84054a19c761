import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Engine, StartedEngine } from '@web-single/model-runtime';
import { oipHttpStatus, type ErrorCode } from '@web-single/contract';
import { createServing, type Serving } from '@web-single/serving';
import { InferenceStatistics } from '../telemetry/inference-statistics.ts';
import { ServingInferenceCalls } from '../oip/serving-inference-calls.ts';
import { createAdminServer } from './admin-server.ts';
import { ModelRepository } from './model-repository.ts';

const token = 'a-token-of-the-test';
const models = fileURLToPath(new URL('../../../../models', import.meta.url));

/** An engine that is never asked: these tests load and unload. */
const idleEngine: Engine = {
  placement: 'process',
  maxRows: 1,
  instances: 1,
  predict: () => Promise.reject(new Error('not asked')),
  predictTensors: () => Promise.reject(new Error('not asked')),
  status: () => ({ state: 'ready', restarts: 0, crashes: 0, hangs: 0 }),
  close: () => Promise.resolve(),
};

const started: StartedEngine = {
  engine: idleEngine,
  calibration: { curve: [], maxRows: 1, placement: 'process', runTimeoutMs: 1000 },
  goldenReport: { cases: 0, failures: [] } as never,
  warnings: [],
};

describe('the admin listener', () => {
  let serving: Serving;
  let audits: Record<string, unknown>[];
  let server: ReturnType<typeof createAdminServer>;

  beforeEach(() => {
    audits = [];
    serving = createServing({
      packages: [],
      startEngine: ({ name }) =>
        name === 'digits' ? Promise.reject(new Error('Golden case 1 differs.')) : Promise.resolve(started),
    });
    const log = pino({ level: 'info' }, { write: (line: string) => void audits.push(JSON.parse(line)) });
    server = createAdminServer({
      token,
      host: '127.0.0.1',
      calls: new ServingInferenceCalls(serving, new InferenceStatistics(() => true), { maxRows: 10 }),
      serving,
      repository: new ModelRepository([models], {}, { open: () => Promise.resolve([]) }),
      log,
    });
  });

  const post = (path: string, { body = '', headers = {} }: { body?: string; headers?: Record<string, string> } = {}) =>
    server.inject({
      method: 'POST',
      url: path,
      headers: { authorization: `Bearer ${token}`, host: '127.0.0.1:8082', ...headers },
      payload: body,
    });

  it('loads a model that lies in the repository, and takes it out again', async () => {
    const loaded = await post('/v2/repository/models/penguins/load');
    const index = await post('/v2/repository/index', { body: '{"ready":true}' });
    const unloaded = await post('/v2/repository/models/penguins/unload', {
      body: '{"parameters":{"unload_dependents":false}}',
    });

    expect([loaded.statusCode, loaded.body]).toEqual([200, '']);
    expect(index.json()).toEqual([{ name: 'penguins', version: '1.0.0', state: 'READY', reason: '' }]);
    expect(unloaded.statusCode).toBe(200);
    expect((await post('/v2/repository/index')).json()).toMatchObject([{ state: 'UNAVAILABLE', reason: 'unloaded' }]);
    expect(audits).toMatchObject([
      { audit: true, action: 'load', model: 'penguins', failed: 0 },
      { audit: true, action: 'unload', model: 'penguins' },
    ]);
  });

  it('lists a model under the version of its manifest once that was read', async () => {
    serving.models.set('penguins', '1', { state: 'unloaded' });

    await post('/v2/repository/models/penguins/load');

    expect((await post('/v2/repository/index')).json()).toMatchObject([{ version: '1.0.0', state: 'READY' }]);
  });

  it('says why a model is not served, and lists it as unavailable', async () => {
    const reply = await post('/v2/repository/models/digits/load');

    expect(reply.statusCode).toBe(422);
    expect(reply.json()).toMatchObject({
      code: 'INVALID_PACKAGE',
      error: "failed to load 'digits', version 1.0.0: Golden case 1 differs.",
    });
    expect((await post('/v2/repository/index')).json()).toMatchObject([
      { name: 'digits', state: 'UNAVAILABLE', reason: 'Golden case 1 differs.' },
    ]);
  });

  it.each(['nope', '..', '..%2F..%2Fetc', '%2e%2e%2fmodels', 'penguins%00', 'a'.repeat(200)])(
    'finds no model %s',
    async (name) => {
      const [load, unload] = [
        await post(`/v2/repository/models/${name}/load`),
        await post(`/v2/repository/models/${name}/unload`),
      ];

      expect([400, 404, 414, 422]).toContain(load.statusCode);
      expect([400, 404, 414]).toContain(unload.statusCode);
      expect(`${load.body}${unload.body}`).not.toContain(models);
    },
  );

  it('takes no configuration and no files from a request', async () => {
    for (const parameters of [{ config: '{}' }, { 'file:1/model.onnx': 'AAAA' }]) {
      const reply = await post('/v2/repository/models/penguins/load', { body: JSON.stringify({ parameters }) });

      expect([reply.statusCode, (reply.json() as { code: string }).code]).toEqual([501, 'NOT_IMPLEMENTED']);
    }
  });

  it.each([
    ['no token', { authorization: '' }, 401],
    ['a wrong token', { authorization: 'Bearer another' }, 401],
    ['the start of the token', { authorization: `Bearer ${token.slice(0, -1)}` }, 401],
    ['another scheme', { authorization: `Basic ${token}` }, 401],
    ['a page of a browser', { origin: 'http://127.0.0.1:8082' }, 403],
    ['a name that was bound to this address', { host: 'evil.example:8082' }, 403],
  ])('refuses %s on every path, known or not', async (_what, headers, status) => {
    for (const path of ['/v2/repository/index', '/v2/repository/models/penguins/load', '/nothing', '//v2', '/V2']) {
      const reply = await post(path, { headers });

      expect(reply.statusCode).toBe(status);
      expect(reply.json()).toMatchObject({ requestId: expect.any(String) as string });
    }
    expect(serving.models.names()).toEqual([]);
  });

  it.each<[string, string, string, ErrorCode]>([
    ['a URL that does not decode', '/v2/repository/models/%zz/load', '', 'INVALID_REQUEST'],
    ['a name longer than any', `/v2/repository/models/${'x'.repeat(300)}/load`, '', 'NOT_FOUND'],
    ['a body larger than any', '/v2/repository/index', 'x'.repeat(70_000), 'PAYLOAD_TOO_LARGE'],
  ])('answers %s with an error of its own', async (_what, path, body, code) => {
    const reply = await post(path, { body });

    expect(reply.statusCode).toBe(oipHttpStatus(code));
    expect(reply.json()).toEqual({ error: expect.any(String), code, requestId: expect.any(String) });
    expect(reply.body.length).toBeLessThan(300);
  });

  it.each([
    ['two hosts', ['Host: 127.0.0.1', 'Host: evil.example'], 'INVALID_REQUEST'],
    ['no host', [], 'FORBIDDEN'],
    ['two lengths', ['Host: 127.0.0.1', 'Content-Length: 1', 'Content-Length: 2'], 'INVALID_REQUEST'],
  ])('refuses a request with %s', async (_what, headers, code) => {
    await server.listen({ host: '127.0.0.1', port: 0 });
    try {
      const { port } = server.server.address() as AddressInfo;
      const socket = connect(port, '127.0.0.1');
      const authorization = `Authorization: Bearer ${token}`;
      socket.write(['GET /v2 HTTP/1.1', authorization, 'Connection: close', ...headers, '', ''].join('\r\n'));
      const reply = await text(socket);

      expect(JSON.parse(reply.slice(reply.indexOf('{')))).toMatchObject({ error: expect.any(String), code });
    } finally {
      await server.close();
    }
  });

  it('lists the model repository among its extensions', async () => {
    const reply = await server.inject({ url: '/v2', headers: { authorization: `Bearer ${token}`, host: 'localhost' } });

    expect((reply.json() as { extensions: string[] }).extensions).toContain('model_repository');
  });
});
