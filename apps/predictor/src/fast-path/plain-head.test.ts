import fc from 'fast-check';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlainHead } from './plain-head.ts';

const HEAD =
  'POST /v1/models/m/predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n';
const read = (text: string) => readPlainHead(Buffer.from(text, 'latin1'));
/** `HEAD` with one more header line. */
const withLine = (line: string): string => HEAD.replace('Host', `${line}\r\nHost`);

describe('readPlainHead', () => {
  it.each([
    ['/predict', '/predict', {}],
    ['/v1/models/m/predict', '/v1/models/:model/predict', { model: 'm' }],
    [
      '/v1/models/m.2_x-~/versions/1.0.0/predict',
      '/v1/models/:model/versions/:version/predict',
      { model: 'm.2_x-~', version: '1.0.0' },
    ],
    ['/v2/models/m/infer', '/v2/models/:model/infer', { model: 'm' }],
    ['/v2/models/m/versions/2/infer', '/v2/models/:model/versions/:version/infer', { model: 'm', version: '2' }],
  ])('reads %s', (path, template, params) => {
    const head = read(`${HEAD.replace('/v1/models/m/predict', path)}{"rows": []}`);

    expect(head).toMatchObject({ template, params, contentLengthBytes: 12 });
    expect(head?.headers).toEqual({ 'content-type': 'application/json' });
    expect(head?.bytes.length).toBe(HEAD.replace('/v1/models/m/predict', path).length);
  });

  it.each([
    'Accept: */*',
    'connection: Keep-Alive',
    'X-A: ',
    'x-a:\t b \t',
    'X-A: 1\r\nX-A: 2',
    `X-A: ${' '.repeat(3000)}`,
  ])('lets %j pass', (line) => {
    expect(read(withLine(line))?.headers).toEqual({ 'content-type': 'application/json' });
  });

  it.each(['image/png', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])(
    'reads a body of %s',
    (type) => {
      expect(read(HEAD.replace('application/json', type))?.headers).toEqual({ 'content-type': type });
    },
  );

  it('keeps what changes an answer', () => {
    const lines =
      'X-Request-Timeout-Ms: 50\r\nX-REQUEST-ID: abc \r\nOrigin: https://a.example\r\n' +
      'Inference-Header-Content-Length: 9\r\nAccept-Encoding: gzip, br';

    expect(read(withLine(lines))?.headers).toEqual({
      'content-type': 'application/json',
      'x-request-timeout-ms': '50',
      'x-request-id': 'abc',
      origin: 'https://a.example',
      'inference-header-content-length': '9',
      'accept-encoding': 'gzip, br',
    });
  });

  it.each([
    ['Content-Type: application/octet-stream', { 'content-type': 'application/octet-stream' }],
    ['X-A: 1', {}],
  ])('reads tensors with %s', (line, headers) => {
    const infer = HEAD.replace('/v1/models/m/predict', '/v2/models/m/infer');

    expect(read(infer.replace('Content-Type: application/json', line))?.headers).toEqual(headers);
    expect(read(HEAD.replace('Content-Type: application/json', line))).toBeUndefined();
    expect(read(infer.replace('application/json', ''))).toBeUndefined();
  });

  it.each([
    'Transfer-Encoding: chunked',
    'transfer-encoding : chunked',
    'Content-Length: 12',
    'Content-Length: 13',
    'Content-Encoding: identity',
    'Expect: 100-continue',
    'Upgrade: h2c',
    'Trailer: x',
    'Connection: close',
    'Proxy-Connection: close',
    'Connection: keep-alive, upgrade',
    'Host: y',
    'Content-Type: application/json',
    'X-Request-Id: 1\r\nx-request-id: 1',
    'Accept-Encoding: gzip\r\nAccept-Encoding: br',
    'Inference-Header-Content-Length: 1\r\nInference-Header-Content-Length: 2',
    'X-A: 1\r\n folded',
    'X-A: ä',
    'X-A: a\rb',
    'X-A: a\nb',
    'X-A: a\0b',
    'X A: 1',
    ': 1',
    'no colon',
    `X-A: ${'a'.repeat(5000)}`,
  ])('leaves %j to the other parser', (line) => {
    expect(read(withLine(line))).toBeUndefined();
  });

  it.each([
    ['POST', 'GET'],
    ['POST', 'post'],
    ['POST ', 'POST  '],
    ['/m/', '/%6d/'],
    ['/predict', '/predict?onError=row'],
    ['/predict', '/predict/'],
    ['/predict', '/infer'],
    ['/v1/', '/v2/'],
    ['/v1/', '/v3/'],
    ['/v1/models/m/predict', '/infer'],
    ['/v1', 'http://x/v1'],
    ['/m/', `/${'m'.repeat(257)}/`],
    ['HTTP/1.1', 'HTTP/1.0'],
    ['Host: x\r\n', ''],
    ['application/json', 'application/json; charset=latin1'],
    ['application/json', ''],
    ['application/json', 'multipart/form-data; boundary=x'],
    ['Length: 12', 'Length: 0'],
    ['Length: 12', 'Length: 012'],
    ['Length: 12', 'Length: +12'],
    ['Length: 12', 'Length: 12, 12'],
    ['Length: 12', 'Length: 1234567890'],
    ['Content-Length: 12\r\n', ''],
    ['\r\n\r\n', '\r\n'],
    ['\r\n', '\n'],
    ['POST', '\r\nPOST'],
  ])('leaves one with %j as %j to the other parser', (from, to) => {
    expect(read(HEAD.replace(from, to))).toBeUndefined();
  });

  it('takes the head before for the same bytes only', () => {
    const last = read(HEAD)!;

    expect(readPlainHead(Buffer.from(`${HEAD}x`), last)).toBe(last);
    expect(readPlainHead(Buffer.from(HEAD.replace('12', '13')), last)?.contentLengthBytes).toBe(13);
    expect(readPlainHead(Buffer.from(HEAD.slice(0, -1)), last)).toBeUndefined();
  });
});

describe('readPlainHead, beside the parser of Node', () => {
  const server = createServer((request, response) => {
    let sizeBytes = 0;
    request.on('data', (chunk: Buffer) => (sizeBytes += chunk.length));
    request.on('end', () => response.end(`${JSON.stringify([request.url, sizeBytes, request.headers])}\n`));
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => void server.close());

  /** What it says of this request and of `GET /next` behind it: path, bytes of the body, headers. */
  function readByNode(request: Buffer): Promise<readonly [string, number, object][]> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(Buffer.concat([request, Buffer.from('GET /next HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n')]));
    return new Promise((resolve) => {
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString('latin1')));
      socket.on('close', () =>
        resolve([...text.matchAll(/^\[.*\]/gm)].map(([line]) => JSON.parse(line) as [string, number, object])),
      );
    });
  }

  const name = fc.constantFrom(
    'Host',
    'content-type',
    'Content-Length',
    'Connection',
    'X-Request-Id',
    'X-A',
    'Accept',
    'TE',
    'Expect',
  );
  const value = fc.oneof(
    fc.constantFrom('x', '12', '5', 'close', 'keep-alive', 'application/json', 'image/png', ' 7\t', '007', '-1'),
    fc.string({ unit: 'binary-ascii', maxLength: 12 }),
  );
  const end = fc.oneof(
    { weight: 20, arbitrary: fc.constant('\r\n') },
    fc.constantFrom('\n', '\r', ' \r\n', '\r\n\r\n'),
  );
  const lines = fc.array(fc.tuple(name, fc.constantFrom(': ', ':', ' : ', ':\t'), value, end), { maxLength: 5 });

  it('agrees with it on the path, on the headers, and on where the body ends', async () => {
    let plain = 0;
    const property = fc.asyncProperty(lines, fc.boolean(), async (mutations, isComplete) => {
      const base = isComplete ? 'Host: h\r\nContent-Type: image/png\r\nContent-Length: 9\r\n' : '';
      const text = `POST /predict HTTP/1.1\r\n${base}${mutations.map((line) => line.join('')).join('')}\r\n`;
      const head = read(text);
      if (head === undefined) return;
      plain += 1;
      const body = Buffer.alloc(head.contentLengthBytes, 'b');
      const [first, next] = await readByNode(Buffer.concat([head.bytes, body]));
      expect(first).toEqual(['/predict', body.length, expect.objectContaining(head.headers)]);
      expect(next?.slice(0, 2)).toEqual(['/next', 0]);
    });
    await fc.assert(property, { numRuns: 3000, seed: 20261127 });
    expect(plain).toBeGreaterThan(100);
  });
});
