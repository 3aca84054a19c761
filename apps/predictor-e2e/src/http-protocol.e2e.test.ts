import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, predict } from './testing/call.ts';
import { exchange, request, sendAndLeave, type RawReply } from './testing/exchange.ts';
import { startPredictor, type PredictorProcess } from './testing/predictor-process.ts';

const PREDICT = '/v1/models/penguins/predict';
const JSON_TYPE = 'Content-Type: application/json';
const PENGUIN = { island: 'Dream', bill_length_mm: 46.5 };
const GOOD = JSON.stringify({ rows: [PENGUIN] });
/** A POST whose head says what the case is about, with a body that fits none of it. */
const framed = (...headers: string[]): string =>
  [`POST ${PREDICT} HTTP/1.1`, 'Host: server', JSON_TYPE, ...headers, '', '0', '', 'hello'].join('\r\n');
const get = (line: string, ...headers: string[]): string => [line, ...headers, '', ''].join('\r\n');

/** All HTTP replies counted so far, by the server itself. */
async function countReplies({ url }: PredictorProcess): Promise<number> {
  const { text } = await call(`${url}/metrics`);
  const counts = [...text.matchAll(/^web_single_http_requests_total\{[^}]*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

describe('requests that are no good HTTP, or a bad choice of it', () => {
  let server: PredictorProcess;
  beforeAll(async () => void (server = await startPredictor(undefined, { LOG_LEVEL: 'info' })));
  afterAll(async () => server[Symbol.asyncDispose]());

  /** The rule for every row of the tables: a problem that leaks nothing, one count, and the next good request is answered. */
  async function expectRefusal(
    parts: readonly (string | Uint8Array)[],
    status: number,
    code: string,
  ): Promise<RawReply> {
    const before = await countReplies(server);
    const reply = await exchange(server.url, parts);
    expect([reply.status, reply.headers['content-type']]).toEqual([
      status,
      expect.stringContaining('application/problem+json'),
    ]);
    const problem = JSON.parse(reply.body);
    expect(problem).toMatchObject({ status, code, requestId: reply.headers['x-request-id'] });
    expect(reply.body).not.toMatch(/FST_|HPE_|node:|\bat \S+ \(|\/libs\/|\/apps\//);
    // The scrape before counts itself when it is done.
    expect((await countReplies(server)) - before).toBe(2);
    expect((await predict(server.url, 'penguins', [PENGUIN])).status).toBe(200);
    return reply;
  }

  it.each([
    ['a length and chunks', framed('Content-Length: 5', 'Transfer-Encoding: chunked')],
    ['two lengths', framed('Content-Length: 5', 'Content-Length: 6')],
    ['an encoding after chunked', framed('Transfer-Encoding: chunked, identity')],
    ['a negative length', framed('Content-Length: -1')],
    ['a length beyond 2^64', framed('Content-Length: 99999999999999999999')],
    ['a space before the colon', framed('Transfer-Encoding : chunked')],
    ['a NUL in a header', framed('X: a\0b')],
    ['a bare line feed', framed('X: a\nY: b')],
    ['an unknown method', get('FOO / HTTP/1.1', 'Host: server')],
    ['HTTP/2 without negotiation', get('PRI * HTTP/2.0', '', 'SM')],
    ['a request of HTTP/2.0', get('GET /livez HTTP/2.0', 'Host: server')],
    ['a request of HTTP/0.9', get('GET /livez')],
    ['a TLS handshake', Buffer.from('16030100c8010000c40303', 'hex')],
    ['no Host', get('GET /livez HTTP/1.1')],
    ['two Hosts', get('GET /livez HTTP/1.1', 'Host: a', 'Host: b')],
    ['two content types', request(`POST ${PREDICT}`, [JSON_TYPE, 'Content-Type: text/plain'], GOOD)],
    ['an expectation nobody knows', request(`POST ${PREDICT}`, [JSON_TYPE, 'Expect: wonders'], GOOD)],
    ['a URL that does not decode', get('GET /v1/models/%zz HTTP/1.1', 'Host: server')],
  ])('%s: 400', async (_, bytes) => {
    await expectRefusal([bytes], 400, 'INVALID_REQUEST');
  });

  it('a request that is no HTTP is refused in the words of both kinds of clients', async () => {
    const reply = await expectRefusal([framed('Content-Length: 5', 'Content-Length: 6')], 400, 'INVALID_REQUEST');
    expect(JSON.parse(reply.body)).toMatchObject({ error: expect.any(String) as string });
  });

  it('a body too large: 413, and the connection ends where the client asks for it', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const body = Buffer.alloc(65 * 2 ** 20);
    socket.write(request('POST /v2/models/digits/infer', ['Connection: close'], body));
    expect(await text(socket)).toMatch(/^HTTP\/1.1 413 [^]*"PAYLOAD_TOO_LARGE"/);
  });

  it('headers beyond the limit: 413', async () => {
    await expectRefusal(
      [get('GET /livez HTTP/1.1', 'Host: server', `X: ${'x'.repeat(20_000)}`)],
      413,
      'PAYLOAD_TOO_LARGE',
    );
  });

  it.each([
    'OPTIONS * HTTP/1.1',
    'GET * HTTP/1.1',
    `GET /v1/models/${'long'.repeat(70)} HTTP/1.1`,
    'GET /a/../livez HTTP/1.1',
  ])('%s: 404', async (line) => {
    await expectRefusal([get(line, 'Host: server')], 404, 'NOT_FOUND');
  });

  it.each(['TRACE', 'QUERY', 'PROPFIND', 'CONNECT', 'OPTIONS', 'DELETE'])('%s: 405 with Allow', async (method) => {
    const reply = await expectRefusal(
      [get(`${method} ${PREDICT} HTTP/1.1`, 'Host: server')],
      405,
      'METHOD_NOT_ALLOWED',
    );
    expect(reply.headers['allow']).toContain('POST');
  });

  it('a path is the same in every spelling', async () => {
    const spelled = await exchange(server.url, [request('POST /%76%31/models/penguins/predict', [JSON_TYPE], GOOD)]);
    const refused = await exchange(server.url, [request('PUT /%76%31/models', [])]);
    expect([spelled.status, refused.status]).toEqual([200, 405]);
  });

  it('a body is not read for a path that is not there', async () => {
    const reply = await exchange(server.url, [
      get('POST /nowhere HTTP/1.1', 'Host: server', JSON_TYPE, 'Content-Length: 9999999'),
    ]);
    expect(reply.status).toBe(404);
  });

  it.each([
    [
      'is invited where nothing is wrong with its head',
      '5000',
      /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/,
    ],
    ['is not invited where its head is refused', '0', /^HTTP\/1\.1 400 Bad Request\r\n[^]*\r\nconnection: close\r\n/i],
  ])('a body that waits to be invited %s', async (_what, timeoutMs, expected) => {
    const headers = [JSON_TYPE, `Content-Length: ${GOOD.length}`, 'Expect: 100-continue', 'Connection: close'];
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(get(`POST ${PREDICT} HTTP/1.1`, 'Host: server', `X-Request-Timeout-Ms: ${timeoutMs}`, ...headers));
    socket.once('data', (first) => String(first).includes(' 100 ') && socket.write(GOOD));

    expect(await text(socket)).toMatch(expected);
  });

  it('more chunks than a body may have: 413, whatever few bytes are in them', async () => {
    const head = get(`POST ${PREDICT} HTTP/1.1`, 'Host: server', JSON_TYPE, 'Transfer-Encoding: chunked');
    const reply = await exchange(server.url, [head, '1\r\nx\r\n'.repeat(120_000)]);
    expect([reply.status, JSON.parse(reply.body).code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect((await predict(server.url, 'penguins', [PENGUIN])).status).toBe(200);
  });

  it('a client that leaves is logged and counted once, as 499', async () => {
    const before = await countReplies(server);
    const unfinished = get(
      `POST ${PREDICT} HTTP/1.1`,
      'Host: server',
      JSON_TYPE,
      'X-Request-Id: left-early',
      'Content-Length: 99',
      '',
      '{',
    );
    await sendAndLeave(server.url, [unfinished]);
    await exchange(server.url, [unfinished.replace('left-early', 'left-half')], { end: true });
    const lines = await server.logLines((line) => /left-(early|half)/.test(line), 2);
    expect(lines.map(({ status, code }) => [status, code])).toEqual([
      [499, 'CANCELLED'],
      [499, 'CANCELLED'],
    ]);
    expect((await countReplies(server)) - before).toBe(3);
  });
});

describe('OPTIONS where CORS is on', () => {
  let server: PredictorProcess;
  beforeAll(async () => void (server = await startPredictor(undefined, { CORS_ORIGINS: 'https://shop.example' })));
  afterAll(async () => server[Symbol.asyncDispose]());

  const ask = (path: string, ...headers: string[]): Promise<RawReply> =>
    exchange(server.url, [get(`OPTIONS ${path} HTTP/1.1`, 'Host: server', ...headers)]);
  const METHOD = 'Access-Control-Request-Method: POST';

  it.each([
    ['a foreign origin', PREDICT, ['Origin: https://evil.example', METHOD], 405],
    ['no origin', PREDICT, [METHOD], 405],
    ['no requested method', PREDICT, ['Origin: https://shop.example'], 405],
    ['an unknown path', '/nowhere', ['Origin: https://shop.example', METHOD], 404],
    ['the server itself', '*', ['Origin: https://shop.example', METHOD], 404],
  ])('%s: refused', async (_, path, headers, status) => {
    const reply = await ask(path, ...headers);
    expect([reply.status, JSON.parse(reply.body).status]).toEqual([status, status]);
  });

  it('a page of an allowed origin may read early refusals too', async () => {
    const reply = await exchange(server.url, [
      request(`POST ${PREDICT}`, [JSON_TYPE, 'Origin: https://shop.example', 'Content-Encoding: gzip'], GOOD),
    ]);
    expect([reply.status, reply.headers['access-control-allow-origin']]).toEqual([415, 'https://shop.example']);
  });
});
