import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';

const HELD_LIMIT_BYTES = 4 * 2 ** 20;
const PATH = '/v1/models/digits/predict';
const noise = Buffer.alloc(1_500_000, 7);

function parts(...names: string[]): { readonly headers: Record<string, string>; readonly body: Buffer } {
  const pieces = names.flatMap((name) => [
    Buffer.from(
      `--b\r\ncontent-disposition: form-data; name="${name}"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n`,
    ),
    noise,
    Buffer.from('\r\n'),
  ]);
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: Buffer.concat([...pieces, Buffer.from('--b--\r\n')]),
  };
}

describe('bodies that are refused', () => {
  let server: PredictorProcess;
  beforeAll(async () => {
    server = await startPredictor([join(workspaceRoot, 'models/digits')], {
      BODIES_LIMIT_BYTES: String(HELD_LIMIT_BYTES),
    });
  });
  afterAll(async () => server[Symbol.asyncDispose]());

  /** Over one connection, which is kept. */
  function post(agent: Agent, path: string, headers: Record<string, string>, body: Buffer) {
    return new Promise<{ status: number; code: string; reused: boolean }>((resolve, reject) => {
      const sent = request(server.url + path, { method: 'POST', agent, headers }, (reply) => {
        text(reply).then((json) => {
          const { code } = JSON.parse(json) as { code: string };
          resolve({ status: reply.statusCode ?? 0, code, reused: sent.reusedSocket });
        }, reject);
      });
      sent.on('error', reject).end(body);
    });
  }

  async function metric(name: string): Promise<number> {
    const page = await (await fetch(`${server.url}/metrics`)).text();
    return Number(new RegExp(`^${name} (.*)$`, 'm').exec(page)?.[1]);
  }

  const twice = parts('image', 'image');
  const json = { 'content-type': 'application/json' };
  it.each([
    { name: 'two parts of one name', path: PATH, ...twice, status: 400 },
    {
      name: 'no boundary',
      path: PATH,
      headers: { 'content-type': 'multipart/form-data' },
      body: twice.body,
      status: 400,
    },
    { name: 'no such path', path: '/nowhere', headers: json, body: noise, status: 404 },
    {
      name: 'a type that no model takes',
      path: PATH,
      headers: { 'content-type': 'text/csv' },
      body: noise,
      status: 415,
    },
    {
      name: 'no gzip',
      path: '/v2/models/digits/infer',
      headers: { ...json, 'content-encoding': 'gzip' },
      body: noise,
      status: 400,
    },
    {
      name: 'more than is held at once',
      path: PATH,
      headers: { 'content-type': 'image/png' },
      body: Buffer.alloc(4_500_000),
      status: 503,
    },
  ])(
    '$name: the answer arrives, and the next request of the connection is answered',
    async ({ path, headers, body, status }) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const first = await post(agent, path, headers, body);
      const next = await post(agent, '/nowhere', {}, Buffer.from('small'));
      agent.destroy();

      expect(first.status).toBe(status);
      expect(next).toEqual({ status: 404, code: 'NOT_FOUND', reused: true });
      expect(await metric('web_single_held_bytes')).toBe(0);
    },
  );

  it('a body that does not come is given up at the deadline of its caller', async () => {
    const head = [`POST ${PATH} HTTP/1.1`, 'Host: s', 'Content-Type: image/png', 'Content-Length: 9000'];
    const slow = connect(Number(new URL(server.url).port), '127.0.0.1');
    slow.write([...head, 'X-Request-Timeout-Ms: 200', 'Connection: close', '', 'the first of it'].join('\r\n'));

    expect(await text(slow)).toMatch(/^HTTP\/1.1 504 [^]*"DEADLINE_EXCEEDED"/);
  });

  it('a multipart body counts as held while it comes, and is shed where there are too many', async () => {
    const { headers, body } = parts('a', 'b', 'c');
    const head = [
      `POST ${PATH} HTTP/1.1`,
      'Host: s',
      `Content-Type: ${headers['content-type']}`,
      `Content-Length: ${body.length}`,
      '',
      '',
    ];
    const slow = connect(Number(new URL(server.url).port), '127.0.0.1');
    slow.on('error', () => undefined).write(head.join('\r\n'));
    slow.write(body.subarray(0, 3_000_000));
    while ((await metric('web_single_held_bytes')) < 3_000_000);
    const agent = new Agent({ keepAlive: true });
    const shed = await post(agent, PATH, twice.headers, twice.body);
    agent.destroy();
    slow.destroy();
    while ((await metric('web_single_held_bytes')) > 0);

    expect(shed).toMatchObject({ status: 503, code: 'OVERLOADED' });
  });
});
