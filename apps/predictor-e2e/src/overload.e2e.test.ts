import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as openSession } from 'node:http2';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, predict, type Reply } from './testing/call.ts';
import { connect } from 'node:net';
import { exchange, request } from './testing/exchange.ts';
import { startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';

const digit = readFileSync(join(workspaceRoot, 'models/digits/golden/1.png')).toString('base64');
const rows = Array.from({ length: 200 }, () => ({ image: { base64: digit } }));

describe('a busy model', () => {
  let server: PredictorProcess;
  beforeAll(async () => {
    server = await startPredictor([join(workspaceRoot, 'models/digits')], { MAX_WAIT_MS: '1' });
  });
  afterAll(async () => server[Symbol.asyncDispose]());

  async function untilInFlight(): Promise<void> {
    for (;;) {
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      if (/^web_single_rows_in_flight\{.*\} [1-9]/m.test(metrics)) return;
    }
  }

  it.each([
    ['/v1/models/digits/predict', 'application/json'],
    ['/predict', 'image/png'],
    ['/v2/models/digits/infer', 'application/json'],
  ])(
    'refuses POST %s before a byte of the body has come, stays ready, and answers what it admitted',
    async (path, type) => {
      const admitted = predict(server.url, 'digits', rows);
      await untilInFlight();
      const head = [`POST ${path} HTTP/1.1`, 'Host: server', `Content-Type: ${type}`, 'Content-Length: 100000', '', ''];
      const refused = await exchange(server.url, [head.join('\r\n')]);
      const ready = await fetch(`${server.url}/readyz`);

      expect(refused.status).toBe(503);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(refused.body).toContain('busy');
      expect(ready.status).toBe(200);
      expect((await admitted).status).toBe(200);
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      expect(metrics).toMatch(/web_single_requests_total\{model="digits",version="[^"]+",code="OVERLOADED"\} [1-9]/);
    },
  );
});

describe('a busy model', () => {
  let server: PredictorProcess;
  beforeAll(async () => {
    const settings = { MAX_WAIT_MS: '1', CORS_ORIGINS: 'https://page.example' };
    server = await startPredictor([join(workspaceRoot, 'models/digits')], settings);
  });
  afterAll(async () => server[Symbol.asyncDispose]());

  async function untilInFlight(): Promise<void> {
    for (;;) {
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      if (/^web_single_rows_in_flight\{.*\} [1-9]/m.test(metrics)) return;
    }
  }

  it('tells a refused caller all that any error tells, keeps its connection, and logs and counts the refusal', async () => {
    const admitted = predict(server.url, 'digits', rows);
    await untilInFlight();
    const headers = ['Content-Type: application/json', 'X-Request-Id: shed-1', 'Origin: https://page.example'];
    const refused = await exchange(server.url, [request('POST /v1/models/digits/predict', headers, '{}')]);
    await admitted;

    const problem: unknown = JSON.parse(refused.body);
    expect(refused.status).toBe(503);
    expect(problem).toEqual({
      type: '/docs/errors#overloaded',
      title: expect.any(String),
      status: 503,
      detail: expect.stringMatching(/^The model is busy: the predicted wait is \d+ ms\.$/),
      code: 'OVERLOADED',
      requestId: 'shed-1',
      retryAfterMs: expect.any(Number),
    });
    const { retryAfterMs } = problem as { retryAfterMs: number };
    expect(refused.headers).toEqual({
      'x-request-id': 'shed-1',
      'x-content-type-options': 'nosniff',
      vary: 'Origin',
      'access-control-allow-origin': 'https://page.example',
      'access-control-expose-headers': expect.stringContaining('retry-after'),
      'retry-after': String(Math.ceil(retryAfterMs / 1000)),
      'content-type': 'application/problem+json',
      'content-length': String(refused.body.length),
      date: expect.any(String),
      connection: 'keep-alive',
      'keep-alive': 'timeout=75',
    });
    const [line] = await server.logLines((text) => text.includes('shed-1'), 1);
    expect(line).toMatchObject({ status: 503, code: 'OVERLOADED', model: 'digits', version: expect.any(String) });
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(
      /http_requests_total\{method="POST",route="\/v1\/models\/:model\/predict",status="503"\} 1\n/,
    );
  });

  it('refuses a gRPC call before a byte of its message has come, and writes one line for many', async () => {
    const admitted = predict(server.url, 'digits', rows);
    await untilInFlight();
    const address = /gRPC +(\S+)/.exec(server.output().stderr)?.[1];
    const session = openSession(`http://${address}`);
    const path = '/inference.GRPCInferenceService/ModelInfer';
    const refused = await Promise.all(
      ['grpc-1', 'grpc-2', 'grpc-3'].map(async (id) => {
        const head = { ':method': 'POST', ':path': path, 'content-type': 'application/grpc', 'x-request-id': id };
        const [answer] = (await once(session.request(head), 'response')) as [Record<string, string>];
        return answer;
      }),
    );
    session.destroy();
    await admitted;

    const status = {
      'grpc-status': '8',
      'x-error-code': 'OVERLOADED',
      'grpc-message': expect.stringContaining('busy'),
    };
    for (const answer of refused) {
      expect(answer).toMatchObject(status);
      expect(Number(answer['grpc-retry-pushback-ms'])).toBeGreaterThanOrEqual(1000);
    }
    const [more] = await server.logLines((text) => text.includes('more requests refused'), 1);
    expect(more).toMatchObject({ level: 40, code: 'OVERLOADED', model: 'digits', count: expect.any(Number) });
  });
});

describe('bodies of many callers together', () => {
  let server: PredictorProcess;
  beforeAll(async () => {
    server = await startPredictor([join(workspaceRoot, 'models/penguins')], { BODIES_LIMIT_BYTES: String(2 ** 20) });
  });
  afterAll(async () => server[Symbol.asyncDispose]());

  async function untilHeld(bytes: number): Promise<void> {
    const line = `web_single_held_bytes ${bytes}`;
    while (!(await (await fetch(`${server.url}/metrics`)).text()).split('\n').includes(line));
  }

  const row = { island: 'Dream', bill_length_mm: 50.6 };
  const body = JSON.stringify({ rows: Array.from({ length: 8000 }, () => row) });

  it('are shed where they would be too many bytes, and taken again when others have gone', async () => {
    const path = '/v1/models/penguins/predict';
    const head = [
      `POST ${path} HTTP/1.1`,
      'Host: s',
      'Content-Type: application/json',
      'Content-Length: 1000000',
      '',
      '',
    ];
    const slow = connect(Number(new URL(server.url).port), '127.0.0.1');
    slow.on('error', () => undefined).write(head.join('\r\n') + ' '.repeat(800_000));
    await untilHeld(800_000);
    const tooMany = await predictBody(server.url + path, body);
    slow.destroy();
    await untilHeld(0);
    const later = await predictBody(server.url + path, body);

    expect(tooMany.json).toMatchObject({ code: 'OVERLOADED', detail: expect.stringContaining('bytes of requests') });
    expect(later.json.predictions).toHaveLength(8000);
  });
});

const predictBody = (url: string, body: string): Promise<Reply> =>
  call(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
