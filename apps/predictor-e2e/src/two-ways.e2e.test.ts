import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchange, request, type RawReply } from './testing/exchange.ts';
import { startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';

const JSON_TYPE = 'Content-Type: application/json';
const PNG_TYPE = 'Content-Type: image/png';
/** Means nothing here, and makes a request one for Node's HTTP server. */
const NOT_PLAIN = 'Trailer: x';
const picture = readFileSync(join(workspaceRoot, 'models/digits/golden/1.png'));
const GOOD = JSON.stringify({ rows: [{ island: 'Dream', sex: null }] });

/** All that differs between two answers to the same question is blanked. */
const comparable = ({ status, headers, body }: RawReply): unknown => ({
  status,
  headers: Object.entries({ ...headers, date: '', 'content-length': '' }).filter(([name]) => name !== 'x-request-id'),
  body: body.replace(/"timing":\{[^}]*\}/, '').replace(/"requestId":"[^"]*"/, ''),
});

describe.each([
  ['no origins', ''],
  ['origins', 'https://shop.example'],
])('a plain prediction and the same through the framework, with %s', (_, CORS_ORIGINS) => {
  let server: PredictorProcess;
  beforeAll(
    async () =>
      void (server = await startPredictor(undefined, {
        CORS_ORIGINS,
        DEFAULT_MODEL: 'penguins',
        JSON_LIMIT_BYTES: '200000',
      })),
  );
  afterAll(async () => server[Symbol.asyncDispose]());

  it.each([
    ['/v1/models/penguins/predict', [JSON_TYPE], GOOD],
    ['/v1/models/penguins/versions/1.0.0/predict', [JSON_TYPE], GOOD],
    ['/predict', [JSON_TYPE, 'Connection: keep-alive', 'Origin: https://shop.example'], GOOD],
    ['/predict', [JSON_TYPE, 'Origin: https://other.example'], GOOD],
    ['/v1/models/digits/predict', [PNG_TYPE], picture],
    ['/v1/models/digits/predict', ['Content-Type: IMAGE/PNG'], picture],
    ['/predict', ['Content-Type: Application/JSON;charset=UTF-8'], GOOD],
    ['/v1/models/digits/predict', [PNG_TYPE], picture.subarray(0, 60)],
    ['/v1/models/digits/predict', ['Content-Type: image/jpeg'], 'no picture'],
    ['/v1/models/penguins/predict', [PNG_TYPE], picture],
    ['/v1/models/pinguine/predict', [JSON_TYPE], GOOD],
    ['/v1/models/penguins/versions/9/predict', [JSON_TYPE], GOOD],
    ['/predict', [JSON_TYPE], '{"rows": [{"island": "Mars"}, {"island": 3, "what": "é"}]}'],
    ['/predict', [JSON_TYPE], '{"rows": []}'],
    ['/predict', [JSON_TYPE], '{"rows": [{'],
    ['/predict', [JSON_TYPE], Buffer.from([0x7b, 0xff, 0xfe])],
    ['/predict', [JSON_TYPE], `{"rows": [${Array.from({ length: 2000 }, () => GOOD.slice(9, -2)).join()}]}`],
    ['/predict', [JSON_TYPE], Buffer.alloc(200_001, ' ')],
    ['/predict', [JSON_TYPE, 'X-Request-Timeout-Ms: soon'], GOOD],
    ['/predict', [JSON_TYPE, 'X-Request-Timeout-Ms: 0'], GOOD],
    ['/predict', [JSON_TYPE, 'X-Request-Timeout-Ms: 5000'], GOOD],
  ])('%s %j is answered alike', async (path, headers, body) => {
    const [plain, other] = await Promise.all(
      [headers, [...headers, NOT_PLAIN]].map((lines) => exchange(server.url, [request(`POST ${path}`, lines, body)])),
    );

    expect(comparable(plain!)).toEqual(comparable(other!));
    expect(plain!.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('keeps the id of its caller where that is a plain word', async () => {
    for (const [id, told] of [
      ['my-id.1', 'my-id.1'],
      ['two words', expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ] as const) {
      const { headers } = await exchange(server.url, [
        request('POST /predict', [JSON_TYPE, `X-Request-Id: ${id}`], GOOD),
      ]);
      expect(headers['x-request-id']).toEqual(told);
    }
  });
});
