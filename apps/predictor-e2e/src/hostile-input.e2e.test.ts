import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyPicture } from './testing/empty-picture.ts';
import { call, postJson, predict, type Reply } from './testing/call.ts';
import { startPredictor, type PredictorProcess } from './testing/predictor-process.ts';

const PENGUIN = {
  island: 'Dream',
  bill_length_mm: 46.5,
  bill_depth_mm: 17.9,
  flipper_length_mm: 192,
  body_mass_g: 3500,
  sex: 'female',
};
/** A white PNG of one pixel. */
const BLANK = emptyPicture(1, 1).toString('base64');
const body = (changes: Record<string, unknown>): string => JSON.stringify({ rows: [{ ...PENGUIN, ...changes }] });
const NOT_JSON_NUMBER = JSON.stringify({ rows: [PENGUIN] }).replace('3500', '1e999');

describe('bad input is a clear error and the next request works', () => {
  let server: PredictorProcess;
  const path = '/v1/models/penguins/predict';
  beforeAll(async () => void (server = await startPredictor()));
  afterAll(async () => server[Symbol.asyncDispose]());

  async function expectProblem(reply: Reply, status: number, code: string): Promise<void> {
    expect([reply.status, reply.json?.code]).toEqual([status, code]);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(reply.json.requestId).toBe(reply.headers.get('x-request-id'));
    expect(reply.text).not.toMatch(/node_modules|\bat \S+ \(|\/libs\/|\/apps\/|onnxruntime/);
    expect((await predict(server.url, 'penguins', [PENGUIN])).status).toBe(200);
  }

  it.each([
    ['not JSON', '{"rows": [', 400, 'INVALID_REQUEST'],
    ['empty', '', 400, 'INVALID_REQUEST'],
    ['a byte order mark', '\ufeff{"rows":[]}', 400, 'INVALID_REQUEST'],
    ['trailing text', '{"rows":[{}]} x', 400, 'INVALID_REQUEST'],
    ['an array', '[1]', 400, 'INVALID_REQUEST'],
    ['null', 'null', 400, 'INVALID_REQUEST'],
    ['no rows', '{}', 400, 'INVALID_REQUEST'],
    ['empty rows', '{"rows":[]}', 400, 'INVALID_REQUEST'],
    ['rows that are no list', '{"rows":{}}', 400, 'INVALID_REQUEST'],
    ['an unknown key beside rows', '{"rows":[{}],"instances":[]}', 400, 'INVALID_REQUEST'],
    ['400,000 nested arrays', `{"rows":${'['.repeat(400_000)}`, 400, 'INVALID_REQUEST'],
    ['a row that is null', '{"rows":[null]}', 422, 'INPUT_MISMATCH'],
    ['a row that is a list', '{"rows":[[1,2]]}', 422, 'INPUT_MISMATCH'],
    ['text for a number', body({ body_mass_g: '3500' }), 422, 'INPUT_MISMATCH'],
    ['a number that is none', NOT_JSON_NUMBER, 422, 'INPUT_MISMATCH'],
    ['true for a number', body({ body_mass_g: true }), 422, 'INPUT_MISMATCH'],
    ['a list for a number', body({ body_mass_g: [3500] }), 422, 'INPUT_MISMATCH'],
    ['a number out of range', body({ body_mass_g: -1 }), 422, 'INPUT_MISMATCH'],
    ['an unseen category', body({ island: 'Mars' }), 422, 'INPUT_MISMATCH'],
    ['a category in another case', body({ island: 'dream' }), 422, 'INPUT_MISMATCH'],
    ['null for a required field', body({ island: null }), 422, 'INPUT_MISMATCH'],
    ['an extra field', body({ colour: 'black' }), 422, 'INPUT_MISMATCH'],
    ['__proto__ as a field', `{"rows":[{"__proto__":{"island":"Dream"}}]}`, 422, 'INPUT_MISMATCH'],
    ['constructor as a field', `{"rows":[{"constructor":1}]}`, 422, 'INPUT_MISMATCH'],
  ])('%s', async (_, text, status, code) => {
    await expectProblem(await postJson(server.url + path, text), status, code);
  });

  it('names every wrong value of every row, with what was meant', async () => {
    const rows = [{ ...PENGUIN, island: 'dream', colour: 1 }, PENGUIN, { ...PENGUIN, sex: 'femal', body_mass_g: 'x' }];
    const { json } = await predict(server.url, 'penguins', rows);
    const named = json.details.map(({ row, field, hint }: { row: number; field: string; hint?: string }) => [
      row,
      field,
      hint ?? '',
    ]);
    expect(named.map(([row, field]: [number, string]) => `${row} ${field}`)).toEqual([
      '0 island',
      '0 colour',
      '2 body_mass_g',
      '2 sex',
    ]);
    expect(named[0][2]).toContain('Dream');
    expect(named[3][2]).toContain('female');
  });

  it('answers the good rows beside bad ones on request', async () => {
    const { status, json } = await predict(
      server.url,
      'penguins',
      [PENGUIN, { ...PENGUIN, island: 1 }, PENGUIN],
      '?onError=row',
    );
    expect(status).toBe(200);
    expect(json.predictions[0].label).toBe(json.predictions[2].label);
    expect(json.predictions[1].error).toMatchObject({ code: 'INPUT_MISMATCH', details: [{ row: 1, field: 'island' }] });
  });

  it.each([
    ['text/plain', 415],
    ['application/json; charset=utf-16', 415],
    ['image/gif', 415],
    ['image/png', 415],
  ])('a row as %s', async (type, status) => {
    const reply = await call(server.url + path, { method: 'POST', body: body({}), headers: { 'content-type': type } });
    await expectProblem(reply, status, 'UNSUPPORTED_MEDIA_TYPE');
  });

  it.each([
    ['no boundary', 'multipart/form-data'],
    ['a boundary that never comes', 'multipart/form-data; boundary=nowhere'],
  ])('multipart with %s', async (_, type) => {
    const reply = await call(server.url + path, { method: 'POST', body: body({}), headers: { 'content-type': type } });
    await expectProblem(reply, 400, 'INVALID_REQUEST');
  });

  it.each([
    ['__proto__', 'x', ''],
    ['constructor', 'x', ''],
    ['image', '{"base64":', 'Content-Type: application/json\r\n'],
    ['image', '{"__proto__":{}}', 'Content-Type: application/json\r\n'],
  ])('a multipart part "%s" that says %s', async (name, content, header) => {
    const part = `--b\r\nContent-Disposition: form-data; name="${name}"\r\n${header}\r\n${content}\r\n--b--\r\n`;
    await expectProblem(await postMultipart(part), 400, 'INVALID_REQUEST');
  });

  it('multipart with a boundary longer than any', async () => {
    await expectProblem(await postMultipart('--b--', 'b'.repeat(5000)), 400, 'INVALID_REQUEST');
  });

  it.each([
    ['announced', (bytes: Uint8Array<ArrayBuffer>): BodyInit => bytes],
    ['not announced', (bytes: Uint8Array<ArrayBuffer>): BodyInit => new Blob([bytes]).stream()],
  ])('multipart of files that are too large together, their length %s', async (_, toBody) => {
    const head = (name: string): string =>
      `--b\r\nContent-Disposition: form-data; name="${name}"; filename="f"\r\n\r\n`;
    const files = ['a', 'b'].flatMap((name) => [
      Buffer.from(head(name)),
      Buffer.alloc(15 * 2 ** 20),
      Buffer.from('\r\n'),
    ]);
    const bytes = new Uint8Array(Buffer.concat([...files, Buffer.from('--b--\r\n')]));
    await expectProblem(await postMultipart(toBody(bytes)), 413, 'PAYLOAD_TOO_LARGE');
  });

  function postMultipart(sent: BodyInit, boundary = 'b'): Promise<Reply> {
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    return call(`${server.url}/v1/models/digits/predict`, {
      method: 'POST',
      body: sent,
      headers,
      duplex: 'half',
    } as RequestInit);
  }

  it('more pictures than a request may have', async () => {
    const rows = Array.from({ length: 257 }, () => ({ image: { base64: BLANK } }));
    await expectProblem(await predict(server.url, 'digits', rows), 413, 'PAYLOAD_TOO_LARGE');
  });

  it('pictures with more pixels together than a request may have, in few bytes', async () => {
    const rows = Array.from({ length: 5 }, () => ({ image: { base64: emptyPicture(5000, 5000).toString('base64') } }));
    await expectProblem(await predict(server.url, 'digits', rows), 413, 'PAYLOAD_TOO_LARGE');
  });

  it('a compressed body', async () => {
    const reply = await postJson(server.url + path, body({}), { 'content-encoding': 'gzip' });
    await expectProblem(reply, 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  it('a body beyond the limit', async () => {
    const reply = await postJson(server.url + path, `{"rows":["${'x'.repeat(9 * 2 ** 20)}"]}`);
    await expectProblem(reply, 413, 'PAYLOAD_TOO_LARGE');
  });

  it.each([
    ['GIF', Buffer.from('GIF89a\x01\x00\x01\x00')],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a cut PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['random bytes', Buffer.from('ffd8ffe0deadbeef', 'hex')],
  ])('%s where an image is expected', async (_, bytes) => {
    const init = { method: 'POST', body: new Uint8Array(bytes), headers: { 'content-type': 'image/png' } };
    await expectProblem(await call(`${server.url}/v1/models/digits/predict`, init), 422, 'INPUT_MISMATCH');
  });

  it.each([
    ['a URL', { base64: 'http://169.254.169.254/latest' }],
    ['a data URL', { base64: 'data:image/png;base64,AAAA' }],
    ['broken base64', { base64: '***' }],
    ['a plain string', 'AAAA'],
  ])('%s instead of an image', async (_, image) => {
    await expectProblem(await predict(server.url, 'digits', [{ image }]), 422, 'INPUT_MISMATCH');
  });

  it.each([
    ['HEAD', path],
    ['PUT', path],
    ['DELETE', '/v1/models'],
    ['OPTIONS', path],
    ['PATCH', '/livez'],
    ['POST', '/v1/models'],
  ])('%s %s is refused with Allow', async (method, target) => {
    const reply = await call(server.url + target, { method });
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toMatch(/GET|POST/);
  });

  it.each(['/nowhere', '/v1/models/', '//v1/models', '/V1/models', '/v1/models/penguins/predict/'])(
    '%s is not a path',
    async (target) => {
      expect((await call(server.url + target)).status).toBe(404);
    },
  );

  it.each(['pinguins', 'no%2Fsuch', '%00', '..%2f..%2fetc', 'a'.repeat(200)])(
    'the model "%s" is not found',
    async (name) => {
      const reply = await postJson(`${server.url}/v1/models/${name}/predict`, body({}));
      expect([404, 400]).toContain(reply.status);
      expect(reply.json.code).toMatch(/NOT_FOUND|INVALID_REQUEST/);
    },
  );

  it('an unknown query parameter and a bad deadline', async () => {
    await expectProblem(await postJson(`${server.url}${path}?onEror=row`, body({})), 400, 'INVALID_REQUEST');
    await expectProblem(
      await postJson(server.url + path, body({}), { 'x-request-timeout-ms': '-5' }),
      400,
      'INVALID_REQUEST',
    );
  });
});
