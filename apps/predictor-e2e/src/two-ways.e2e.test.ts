import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchange, request, type RawReply } from './testing/exchange.ts';
import { startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';

const JSON_TYPE = 'Content-Type: application/json';
const PNG_TYPE = 'Content-Type: image/png';
const OCTETS = 'Content-Type: application/octet-stream';
/** Means nothing here, and makes a request one for Node's HTTP server. */
const NOT_PLAIN = 'Trailer: x';
const picture = readFileSync(join(workspaceRoot, 'models/digits/golden/1.png'));
const GOOD = JSON.stringify({ rows: [{ island: 'Dream', sex: null }] });

/** Of the Open Inference Protocol: JSON, and the bytes of a tensor behind it where there are some. */
const INFER = '/v2/models/penguins/infer';
const TENSORS = JSON.stringify({
  id: 'a',
  inputs: [
    { name: 'island', shape: [2], datatype: 'BYTES', data: ['Dream', 'Biscoe'] },
    { name: 'body_mass_g', shape: [2], datatype: 'FP64', data: [3800, 5000.5] },
  ],
});
const BINARY_HEAD = JSON.stringify({
  inputs: [
    { name: 'island', shape: [2], datatype: 'BYTES', data: ['Dream', 'Biscoe'] },
    { name: 'body_mass_g', shape: [2], datatype: 'FP64', parameters: { binary_data_size: 16 } },
  ],
  outputs: [{ name: 'probabilities', parameters: { binary_data: true } }],
});
const BINARY = Buffer.concat([Buffer.from(BINARY_HEAD), Buffer.from(new Float64Array([3800, 5000.5]).buffer)]);
const SPLIT = `Inference-Header-Content-Length: ${BINARY_HEAD.length}`;
const manyRows = (count: number): string =>
  JSON.stringify({
    inputs: [{ name: 'island', shape: [count], datatype: 'BYTES', data: Array.from({ length: count }, () => 'Dream') }],
  });

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
    [INFER, [JSON_TYPE], TENSORS],
    [INFER, [], TENSORS],
    [INFER, ['Content-Type:'], TENSORS],
    [INFER, [JSON_TYPE, 'Accept-Encoding: gzip'], TENSORS],
    [INFER, [JSON_TYPE], manyRows(200)],
    [INFER, [JSON_TYPE, 'Accept-Encoding: br, gzip'], manyRows(200)],
    [INFER, [JSON_TYPE, 'Accept-Encoding: deflate', 'Origin: https://other.example'], manyRows(200)],
    ['/v2/models/penguins/versions/1.0.0/infer', [OCTETS, SPLIT], BINARY],
    [INFER, [OCTETS, 'Inference-Header-Content-Length: x'], BINARY],
    [INFER, [OCTETS, 'Inference-Header-Content-Length: 999'], BINARY],
    [INFER, [OCTETS, 'Inference-Header-Content-Length: 0'], BINARY],
    [INFER, [OCTETS], BINARY],
    [INFER, [PNG_TYPE], picture],
    [INFER, [JSON_TYPE], GOOD],
    [INFER, [JSON_TYPE], '{'],
    [INFER, [JSON_TYPE], Buffer.alloc(200_001, ' ')],
    [INFER, [JSON_TYPE, 'X-Request-Timeout-Ms: soon'], TENSORS],
    ['/v2/models/penguins/versions/9/infer', [JSON_TYPE], TENSORS],
    ['/v2/models/pinguine/infer', [JSON_TYPE], TENSORS],
    ['/v2/models/penguins/predict', [JSON_TYPE], TENSORS],
    ['/v1/models/penguins/infer', [JSON_TYPE], TENSORS],
  ])('%s %j is answered alike', async (path, headers, body) => {
    const [plain, other] = await Promise.all(
      [headers, [...headers, NOT_PLAIN]].map((lines) => exchange(server.url, [request(`POST ${path}`, lines, body)])),
    );

    expect(comparable(plain!)).toEqual(comparable(other!));
    expect(plain!.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    [[JSON_TYPE], TENSORS, {}],
    [[JSON_TYPE], manyRows(200), {}],
    [[JSON_TYPE, 'Accept-Encoding: br, gzip'], manyRows(200), { 'content-encoding': 'gzip' }],
    [[JSON_TYPE, 'Accept-Encoding: deflate'], manyRows(200), { 'content-encoding': 'deflate' }],
    [[OCTETS, SPLIT], BINARY, { 'inference-header-content-length': expect.stringMatching(/^\d+$/) as string }],
  ])('answers tensors with %j', async (headers, body, answered) => {
    const { status, headers: told } = await exchange(server.url, [request(`POST ${INFER}`, headers, body)]);

    expect([status, told]).toEqual([200, expect.objectContaining(answered)]);
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
