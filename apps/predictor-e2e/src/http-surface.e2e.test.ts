import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, postJson, predict } from './testing/call.ts';
import { startPredictor, type PredictorProcess } from './testing/predictor-process.ts';

const PENGUIN = { island: 'Dream', sex: null };

describe('HTTP surface', () => {
  let server: PredictorProcess;
  beforeAll(
    async () =>
      void (server = await startPredictor(undefined, {
        CORS_ORIGINS: 'https://shop.example',
        DEFAULT_MODEL: 'penguins',
      })),
  );
  afterAll(async () => server[Symbol.asyncDispose]());

  it('answers a prediction with model, version, digest and timings', async () => {
    const { json, headers } = await predict(server.url, 'penguins', [PENGUIN]);
    expect(json.model).toEqual({
      name: 'penguins',
      version: '1.0.0',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    expect(json.predictions).toHaveLength(1);
    expect(Object.keys(json.timing).sort()).toEqual(['inferMs', 'postprocessMs', 'preprocessMs', 'queueMs', 'totalMs']);
    expect(headers.get('content-type')).toContain('application/json');
  });

  it('answers the same for the default model and for a named version', async () => {
    const body = JSON.stringify({ rows: [PENGUIN] });
    const replies = await Promise.all(
      ['/predict', '/v1/models/penguins/predict', '/v1/models/penguins/versions/1.0.0/predict'].map((path) =>
        postJson(server.url + path, body),
      ),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(replies.map(({ json }) => JSON.stringify(json.predictions))).size).toBe(1);
    expect((await postJson(`${server.url}/v1/models/penguins/versions/7/predict`, body)).json.code).toBe(
      'MODEL_NOT_FOUND',
    );
  });

  it('lists and describes its models', async () => {
    const { json } = await call(`${server.url}/v1/models`);
    expect(json.models.map(({ name, ready }: { name: string; ready: boolean }) => [name, ready])).toEqual([
      ['digits', true],
      ['penguins', true],
    ]);
    const { json: penguins } = await call(`${server.url}/v1/models/penguins`);
    expect(penguins.signature.input.island).toMatchObject({
      type: 'category',
      values: ['Biscoe', 'Dream', 'Torgersen'],
    });
    const { json: metadata } = await call(`${server.url}/v2/models/penguins`);
    expect(penguins.rowLevel.inputs).toEqual(JSON.parse(metadata.properties.row_level_inputs));
    expect(penguins.rowLevel.outputs).toEqual(JSON.parse(metadata.properties.row_level_outputs));
    expect(penguins.card).toContain('CC0');
    expect(penguins.examples.length).toBeGreaterThan(0);
    expect(penguins.assumptions).toEqual([]);
  });

  it('reports the version of every component', async () => {
    const { json } = await call(`${server.url}/v1/server`);
    expect(Object.keys(json.components)).toEqual(
      expect.arrayContaining(['predictor', 'preprocessing', 'model-runtime', 'contract']),
    );
    expect(json.runtime.node).toMatch(/^24\./);
    expect(json).not.toHaveProperty('grpcPort'); // The system chose it.
  });

  it('is alive, started and ready', async () => {
    const replies = await Promise.all(['/livez', '/startupz', '/readyz'].map((path) => call(server.url + path)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('counts requests, batches and phases for Prometheus', async () => {
    await predict(server.url, 'penguins', [PENGUIN]);
    const { text, headers } = await call(`${server.url}/metrics`);
    expect(headers.get('content-type')).toContain('text/plain');
    for (const name of [
      'requests_total',
      'phase_duration_seconds_bucket',
      'queue_rows',
      'batch_rows_bucket',
      'engine_restarts_total',
      'model_info{model="penguins",version="1.0.0",digest="sha256:',
    ]) {
      expect(text).toContain(`web_single_${name}`);
    }
  });

  it('counts a refusal by the default model under its name', async () => {
    await postJson(`${server.url}/predict`, JSON.stringify({ rows: [{ island: 'Mars' }] }));
    const { text } = await call(`${server.url}/metrics`);
    expect(text).toMatch(/web_single_requests_total\{model="penguins",[^}]*code="INPUT_MISMATCH"\} 1/);
  });

  it('describes each model with its own fields in OpenAPI 3.1', async () => {
    const { json } = await call(`${server.url}/openapi.json`);
    expect(json.openapi).toMatch(/^3\.1/);
    const text = JSON.stringify(json.paths['/v1/models/penguins/predict'].post) + JSON.stringify(json.components);
    for (const part of ['Torgersen', 'bill_length_mm', 'Chinstrap']) expect(text).toContain(part);
    expect(Object.keys(json.paths['/v1/models/digits/predict'].post.requestBody.content)).toEqual(
      expect.arrayContaining(['application/json', 'image/png', 'image/jpeg', 'image/webp', 'multipart/form-data']),
    );
  });

  it('shows the API page from its own files only', async () => {
    const page = await call(`${server.url}/docs`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(assets.every((path) => path.startsWith('/'))).toBe(true);
    for (const path of assets) expect((await call(server.url + path)).status).toBe(200);
  });

  it('takes a request id that is a plain word, makes one otherwise', async () => {
    const given = await call(`${server.url}/livez`, { headers: { 'x-request-id': 'abc-123' } });
    const made = await call(`${server.url}/livez`, { headers: { 'x-request-id': 'a b\tc' } });
    expect(given.headers.get('x-request-id')).toBe('abc-123');
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('answers preflights of allowed origins only', async () => {
    const preflight = (origin: string) =>
      call(`${server.url}/v1/models/penguins/predict`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      });
    const allowed = await preflight('https://shop.example');
    const foreign = await preflight('https://evil.example');
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, 'https://shop.example']);
    expect(foreign.headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
  });
});
