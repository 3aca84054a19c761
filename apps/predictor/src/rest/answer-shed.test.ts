import { ServingError } from '@web-single/serving';
import { fastify, type FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerShed } from './answer-shed.ts';

const busy = (message: string): ServingError => new ServingError('OVERLOADED', message, { retryAfterMs: 1200 });

describe('answerShed', () => {
  let app: FastifyInstance;
  let error = busy('The model is busy.');
  beforeEach(async () => {
    app = fastify({ genReqId: () => 'r' });
    app.addHook('onRequest', (request, reply) => void answerShed(error, request, reply, ['x-request-id', 'r']));
    app.post('/v1/x', () => 'never');
    app.post('/v2/x', () => 'never');
    await app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(() => app.close());

  const post = (path: string): Promise<Response> => {
    const { port } = app.server.address() as AddressInfo;
    return fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: 'x'.repeat(100_000) });
  };

  it('answers with a problem, or below /v2 with its error object', async () => {
    const problem = await post('/v1/x');
    const oip = await post('/v2/x');

    expect(problem.status).toBe(503);
    expect(Object.fromEntries(problem.headers)).toMatchObject({
      'content-type': 'application/problem+json',
      'retry-after': '2',
      'x-request-id': 'r',
    });
    expect(await problem.json()).toMatchObject({ code: 'OVERLOADED', requestId: 'r', retryAfterMs: 1200 });
    expect(oip.status).toBe(503);
    expect(oip.headers.get('content-type')).toBe('application/json');
    expect(await oip.json()).toMatchObject({ error: 'The model is busy.' });
  });

  it('sends what is not ASCII whole', async () => {
    error = busy('Das Modell ist überlastet 🐢.');

    expect(await (await post('/v1/x')).json()).toMatchObject({ detail: 'Das Modell ist überlastet 🐢.' });
  });

  it('answers the requests of one connection in their order', async () => {
    const { port } = app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1').setEncoding('latin1');
    const head = 'POST /v1/x HTTP/1.1\r\nHost: s\r\n';
    socket.write(`${head}Content-Length: 3\r\n\r\nabc${head}Connection: close\r\nContent-Length: 0\r\n\r\n`);
    let received = '';
    socket.on('data', (text: string) => (received += text));
    await once(socket, 'close');

    expect(received.match(/HTTP\/1.1 503/g)).toHaveLength(2);
  });
});
