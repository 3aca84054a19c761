import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HeldBytes } from '../bodies/held-bytes.ts';
import { readSettings } from '../config/settings.ts';
import { BrokenRequests } from './broken-requests.ts';
import { configureEdge, createFastify } from './fastify-edge.ts';
import { RequestTurns } from './request-turns.ts';
import { RouteTable } from './route-table.ts';

const BODY_BYTES = 600_000;

/** What became of a request: `late` is one whose engine answers when its caller has gone, `unread` one whose caller never reads its answer. */
type End = 'done' | 'failed' | 'gone' | 'late' | 'unread';

/** More than the system takes for a caller that does not read. */
const UNREAD_ANSWER = Buffer.alloc(64_000_000);

/** What the handler kept of a body, as an engine's socket does that has not taken all of it yet. */
interface Kept {
  readonly view: Buffer;
  readonly copy: Buffer;
}

describe('the memory of bodies', () => {
  const kept: Kept[] = [];
  const settings = readSettings({});
  const broken = new BrokenRequests(() => undefined);
  const fastify = createFastify(settings, broken);
  const held = new HeldBytes(100_000_000);
  let answered = Promise.withResolvers<void>();
  let arrived = Promise.withResolvers<void>();

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<string | Buffer> {
    const view = request.body as Buffer;
    kept.push({ view, copy: Buffer.from(view) });
    arrived.resolve();
    const { end } = request.query as { end: End };
    if (end === 'failed') throw new Error('The engine did not answer.');
    if (end === 'gone' || end === 'late') await once(reply.raw, 'close');
    if (end !== 'gone') request.outcome.isBodyDone = true;
    return end === 'unread' ? UNREAD_ANSWER : 'ok';
  }

  beforeAll(async () => {
    await configureEdge(fastify, {
      settings,
      routes: new RouteTable(),
      broken,
      held,
      turns: new RequestTurns(),
      isDraining: () => false,
      shedEarly: () => undefined,
      answerProblem: () => undefined,
      onAnswered: () => answered.resolve(),
    });
    fastify.post('/v2/bodies', handle);
    await fastify.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => fastify.close());

  /** A request whose body is `filling`, to its end. */
  async function send(end: End, filling: number): Promise<Kept> {
    [answered, arrived] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const socket = connect((fastify.server.address() as AddressInfo).port, '127.0.0.1');
    const head = [
      'POST /v2/bodies?end=',
      end,
      ' HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n',
    ].join('');
    socket.write(`${head}Connection: close\r\nContent-Length: ${BODY_BYTES}\r\n\r\n`);
    socket.write(Buffer.alloc(BODY_BYTES, filling));
    if (end === 'unread') await once(socket.pause(), 'readable');
    else socket.resume();
    await arrived.promise;
    if (end === 'gone' || end === 'late' || end === 'unread') socket.destroy();
    await answered.promise;
    await new Promise((resolve) => setImmediate(resolve));
    return kept.at(-1)!;
  }

  it('goes to the next body once a request was answered', async () => {
    const first = await send('done', 1);
    const second = await send('done', 2);

    expect(second.view.buffer === first.view.buffer).toBe(true);
    expect(second.view.equals(second.copy)).toBe(true);
    expect(held.bytes).toBe(0);
  });

  it('is never written again where a request failed or its caller has gone', async () => {
    const ends: End[] = [
      'failed',
      'done',
      'gone',
      'done',
      'late',
      'unread',
      'done',
      'failed',
      'gone',
      'late',
      'unread',
      'done',
    ];
    const unfinished: Kept[] = [];
    for (const [index, end] of ends.entries()) {
      const one = await send(end, 10 + index);
      if (end !== 'done') unfinished.push(one);
    }
    for (let filling = 100; filling < 110; filling += 1) await send('done', filling);

    expect(unfinished.map(({ view, copy }) => view.equals(copy))).toEqual(unfinished.map(() => true));
    expect(new Set(unfinished.map(({ view }) => view.buffer)).size).toBe(unfinished.length);
    expect(held.bytes).toBe(0);
  });
});
