import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { ServingError } from '@web-single/serving';
import { afterEach, describe, expect, it } from 'vitest';
import { HeldBytes } from '../bodies/held-bytes.ts';
import type { PredictionAnswer } from '../rest/prediction-answer.ts';
import type { FastPathParts } from './fast-path.ts';
import { fastPathWith, jsonAnswer } from './testing/fast-path-with.ts';

const requestOf = (body: string, lengthBytes = body.length): string =>
  `POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${lengthBytes}\r\n\r\n${body}`;

describe('FastPath', () => {
  const open: (() => void)[] = [];
  afterEach(() => open.splice(0).forEach((close) => close()));

  /** A server with a fast path before it; behind it everything is answered with 418. */
  async function serve(parts: Partial<FastPathParts> = {}) {
    const answered: (readonly [number, string])[] = [];
    let tellAnswered: () => void = () => undefined;
    const held = new HeldBytes(1_000_000);
    const onAnswered: FastPathParts['onAnswered'] = ({ outcome }, status) => {
      answered.push([status, outcome.code]);
      tellAnswered();
    };
    const refusalOf: FastPathParts['refusalOf'] = (error, { outcome }) => {
      const { code, message } = error as ServingError;
      outcome.code = code;
      return { code, message };
    };
    const fastPath = fastPathWith({ held, onAnswered, refusalOf, ...parts });
    const server = createServer((_request, response) => response.writeHead(418).end());
    fastPath.attach(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const call = async (): Promise<Socket> => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    };
    open.push(
      () => server.close().closeAllConnections(),
      () => fastPath.close(),
    );
    const nextAnswered = (): Promise<void> => new Promise((resolve) => (tellAnswered = resolve));
    return { fastPath, held, answered, nextAnswered, call };
  }

  /** What comes until the connection ends. */
  async function restOf(socket: Socket): Promise<string> {
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    await once(socket, 'close');
    return text;
  }

  const textOf = async (socket: Socket): Promise<string> => String((await once(socket, 'data'))[0]);

  it('counts bodies as held until they are answered', async () => {
    const release = Promise.withResolvers<PredictionAnswer>();
    const taken = Promise.withResolvers<void>();
    const predict = () => (taken.resolve(), release.promise);
    const { held, answered, call } = await serve({ predict });
    const socket = await call();
    socket.write(requestOf('12345'));
    await taken.promise;
    expect(held.bytes).toBe(5);

    release.resolve(jsonAnswer('{"é": 1}'));
    const answer = await textOf(socket);

    expect(answer).toContain('content-length: 9\r\n');
    expect(answer.endsWith('{"é": 1}')).toBe(true);
    expect(held.bytes).toBe(0);
    expect(answered).toEqual([[200, 'OK']]);
    socket.destroy();
  });

  it('refuses before the body has come, reads on to its end, and answers the next request', async () => {
    let isBusy = true;
    const busy = new ServingError('OVERLOADED', 'Busy.');
    const { answered, held, call } = await serve({ shedEarly: () => (isBusy ? busy : undefined) });
    const socket = await call();
    socket.write(requestOf('1234', 10));
    expect(await textOf(socket)).toMatch(/^HTTP\/1.1 503 Service Unavailable\r\n/);

    isBusy = false;
    socket.write(`567890${requestOf('{}')}`);

    expect(await textOf(socket)).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(answered).toEqual([
      [503, 'OVERLOADED'],
      [200, 'OK'],
    ]);
    expect(held.bytes).toBe(0);
    socket.destroy();
  });

  it('refuses a body that would be held beside too many others, and answers the next request', async () => {
    const { answered, call } = await serve({ held: new HeldBytes(8) });
    const socket = await call();
    socket.write(requestOf('123456789'));
    expect(await textOf(socket)).toMatch(/^HTTP\/1.1 503 /);
    socket.write(requestOf('{}'));

    expect(await textOf(socket)).toMatch(/^HTTP\/1.1 200 /);
    expect(answered).toEqual([
      [503, 'OVERLOADED'],
      [200, 'OK'],
    ]);
    socket.destroy();
  });

  it.each(['end', 'destroy'] as const)('gives up what a caller asked who is gone (%s)', async (leave) => {
    const taken = Promise.withResolvers<Parameters<FastPathParts['predict']>[0]>();
    const predict: FastPathParts['predict'] = (request) => (taken.resolve(request), new Promise(() => undefined));
    const { held, answered, nextAnswered, call } = await serve({ predict });
    const socket = await call();
    socket.write(requestOf('{}'));
    const { outcome } = await taken.promise;
    const told = nextAnswered();
    socket[leave]();
    await told;

    expect(outcome.isOver).toBe(true);
    expect(answered).toEqual([[499, 'CANCELLED']]);
    expect(held.bytes).toBe(0);
  });

  it('answers 408 and closes where a body does not come', async () => {
    const times = { silentMs: 10_000, bodyMs: 10, idleMs: 10_000 };
    const { held, answered, call } = await serve({ times });
    const socket = await call();
    socket.write(requestOf('{', 2));

    expect(await restOf(socket)).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n[^]*\r\nConnection: close\r\n/);
    expect(answered).toEqual([[408, 'REQUEST_TIMEOUT']]);
    expect(held.bytes).toBe(0);
  });

  it('answers 504 where the deadline passes first, and the next request after the rest of the body', async () => {
    const shedEarly: FastPathParts['shedEarly'] = ({ outcome }) => void (outcome.deadlineMs = outcome.startedAtMs + 10);
    const { answered, call } = await serve({ shedEarly });
    const socket = await call();
    socket.write(requestOf('{', 2));
    expect(await textOf(socket)).toMatch(/^HTTP\/1.1 504 Gateway Timeout\r\n[^]*\r\nConnection: keep-alive\r\n/);
    socket.write(`}${requestOf('{}')}`);

    expect(await textOf(socket)).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(answered).toEqual([
      [504, 'DEADLINE_EXCEEDED'],
      [200, 'OK'],
    ]);
    socket.destroy();
  });

  it('gives the rest of a refused body no more time than a body has', async () => {
    const shedEarly = () => new ServingError('OVERLOADED', 'Busy.');
    const { call } = await serve({ shedEarly, times: { silentMs: 10_000, bodyMs: 200, idleMs: 10_000 } });
    const socket = await call();
    socket.on('error', () => undefined).write(requestOf('{', 1000));
    expect(await textOf(socket)).toMatch(/^HTTP\/1.1 503 /);
    const dripping = setInterval(() => socket.write('x'), 5);
    // Not `once`, which rejects where a drop comes after the end.
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(dripping);
  });

  it('begins nothing behind an answer that was said to be the last', async () => {
    const shedEarly = () => new ServingError('OVERLOADED', 'Busy.');
    const { answered, call } = await serve({ shedEarly, isDraining: () => true });
    const socket = await call();
    socket.write(requestOf('{}') + requestOf('{}') + 'GET / HTTP/1.1\r\n\r\n');

    expect((await restOf(socket)).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 503']);
    expect(answered).toHaveLength(1);
  });

  it('reads the rest of a refused body before it closes: its caller sees the answer', async () => {
    const shedEarly = () => new ServingError('OVERLOADED', 'Busy.');
    const { call } = await serve({ shedEarly, isDraining: () => true });
    const socket = await call();
    socket.write(requestOf('x'.repeat(900_000)));

    expect(await restOf(socket)).toMatch(/^HTTP\/1.1 503 /);
  });

  it('tells of a body that was cut off, and counts its caller as gone', async () => {
    const cutOff: string[] = [];
    const onCutOff: FastPathParts['onCutOff'] = (socket, { id }) => {
      cutOff.push(id);
      socket.end('cut off');
    };
    const { answered, held, call } = await serve({ onCutOff });
    const socket = await call();
    socket.end(requestOf('{', 2));

    expect(await restOf(socket)).toBe('cut off');
    expect(answered).toEqual([[499, 'CANCELLED']]);
    expect([cutOff.length, held.bytes]).toEqual([1, 0]);
  });

  it('tells of a connection over which nothing ever came', async () => {
    const onSilent = (socket: Socket): void => void socket.end('silent');
    const { call } = await serve({ onSilent, times: { silentMs: 10, bodyMs: 10_000, idleMs: 10_000 } });

    expect(await restOf(await call())).toBe('silent');
  });

  it('ends a connection that is idle', async () => {
    const onSilent = (socket: Socket): void => void socket.end('silent');
    const { call } = await serve({ onSilent, times: { silentMs: 10_000, bodyMs: 10_000, idleMs: 20 } });
    const idle = await call();
    idle.write(requestOf('{}'));

    expect(await restOf(idle)).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*\r\n\r\n\{\}$/);
  });

  it('writes an answer of several pieces with their length, and headers of its own', async () => {
    const headers = ['inference-header-content-length', '2', 'vary', 'accept-encoding'];
    const body = [Buffer.from('{}'), Buffer.alloc(3_000_000, 7), Buffer.from('end')];
    const predict = () => Promise.resolve({ type: 'application/octet-stream', headers, body });
    const { answered, call } = await serve({ predict, isDraining: () => true });
    const socket = await call();
    socket.write(requestOf('{}').replace('/predict', '/v2/models/m/infer'));
    const answer = await restOf(socket);

    expect(answer).toMatch(
      /\r\ninference-header-content-length: 2\r\nvary: accept-encoding\r\ncontent-type: application\/octet-stream\r\ncontent-length: 3000005\r\n/,
    );
    expect(answer.slice(answer.indexOf('\r\n\r\n') + 4) === Buffer.concat(body).toString('latin1')).toBe(true);
    expect(answered).toEqual([[200, 'OK']]);
  });

  it('closes idle connections at once and the others with their answers', async () => {
    const release = Promise.withResolvers<PredictionAnswer>();
    const taken = Promise.withResolvers<void>();
    const predict = () => (taken.resolve(), release.promise);
    const { fastPath, call } = await serve({ predict, isDraining: () => true });
    const [idle, busy] = [await call(), await call()];
    const answer = restOf(busy);
    busy.write(requestOf('{}'));
    await taken.promise;
    fastPath.close();
    expect(await restOf(idle)).toBe('');

    release.resolve(jsonAnswer('{}'));

    expect(await answer).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*\r\nConnection: close\r\n\r\n\{\}$/);
  });

  it('answers what an idle connection had sent when the server began to close', async () => {
    const { fastPath, call } = await serve({ predict: () => Promise.resolve(jsonAnswer('{}')) });
    const socket = await call();
    socket.write(requestOf('{}'));
    await textOf(socket);

    socket.write(requestOf('{}'));
    fastPath.close();

    expect(await restOf(socket)).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  });

  it('leaves to the server behind it what is not plain, and what an origin asks where some may', async () => {
    const { call } = await serve({ hasOrigins: true });
    const asked = requestOf('{}').replace('Host', 'Origin: https://a.example\r\nHost');
    for (const request of ['GET / HTTP/1.1\r\nHost: x\r\n\r\n', asked]) {
      const socket = await call();
      socket.write(request);
      expect(await textOf(socket)).toMatch(/^HTTP\/1.1 418 /);
      socket.destroy();
    }
  });
});
