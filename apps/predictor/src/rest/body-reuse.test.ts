import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BodyMemory } from '../bodies/body-memory.ts';
import { HeldBytes } from '../bodies/held-bytes.ts';
import { readSettings } from '../config/settings.ts';
import type { PlainRequest } from '../fast-path/plain-request.ts';
import { fastPathWith } from '../fast-path/testing/fast-path-with.ts';
import { BrokenRequests } from './broken-requests.ts';
import { Disconnection } from './disconnection.ts';
import { configureEdge, createFastify } from './fastify-edge.ts';
import type { PredictionAnswer, PredictionRequest } from './prediction-answer.ts';
import { RequestTurns } from './request-turns.ts';
import { RouteTable } from './route-table.ts';

const BODY_BYTES = 600_000;

/** What became of a request: `late` is one whose engine answers when its caller has gone, `unread` one whose caller never reads its answer. */
type End = 'done' | 'failed' | 'gone' | 'late' | 'unread';

/** More than the system takes for a caller that does not read. */
const UNREAD_ANSWER = Buffer.alloc(64_000_000);

const ENDS: readonly End[] = [
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

/** What the handler kept of a body, as an engine's socket does that has not taken all of it yet. */
interface Kept {
  readonly view: Buffer;
  readonly copy: Buffer;
}

/** Through the framework, and past it. */
describe.each(['framework', 'fast path'])('the memory of bodies that come by the %s', (way) => {
  const kept: Kept[] = [];
  const ways: string[] = [];
  const settings = readSettings({});
  const broken = new BrokenRequests(() => undefined);
  const fastify = createFastify(settings, broken);
  const held = new HeldBytes(100_000_000);
  const memory = new BodyMemory();
  let answered = Promise.withResolvers<void>();
  let arrived = Promise.withResolvers<void>();

  async function handle({ body, params, outcome }: PredictionRequest): Promise<Buffer> {
    const view = body as Buffer;
    kept.push({ view, copy: Buffer.from(view) });
    arrived.resolve();
    const { model: end } = params as { model: End };
    if (end === 'failed') throw new Error('The engine did not answer.');
    if (end === 'gone' || end === 'late')
      await new Promise<void>((resolve) => new Disconnection(outcome).addEventListener('abort', resolve));
    if (end !== 'gone') outcome.isBodyDone = true;
    return end === 'unread' ? UNREAD_ANSWER : Buffer.from('ok');
  }

  beforeAll(async () => {
    await configureEdge(fastify, {
      settings,
      routes: new RouteTable(),
      broken,
      held,
      memory,
      turns: new RequestTurns(),
      isDraining: () => false,
      shedEarly: () => undefined,
      answerProblem: () => undefined,
      onAnswered: () => answered.resolve(),
    });
    fastify.post('/v2/models/:model/infer', handle);
    const predict = async (request: PlainRequest): Promise<PredictionAnswer> => {
      ways.push('fast path');
      return { type: 'text/plain', headers: [], body: [await handle(request)] };
    };
    fastPathWith({ predict, held, memory, onAnswered: () => answered.resolve() }).attach(fastify.server);
    await fastify.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => fastify.close());

  /** A request whose body is `filling`, to its end. */
  async function send(end: End, filling: number): Promise<Kept> {
    [answered, arrived] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const socket = connect((fastify.server.address() as AddressInfo).port, '127.0.0.1');
    const head = `POST /v2/models/${end}/infer HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n`;
    socket.write(`${head}${way === 'fast path' ? '' : 'Trailer: x\r\n'}Content-Length: ${BODY_BYTES}\r\n\r\n`);
    socket.write(Buffer.alloc(BODY_BYTES, filling));
    if (end === 'unread') await once(socket.pause(), 'readable');
    else socket.resume();
    await arrived.promise;
    if (end === 'gone' || end === 'late' || end === 'unread') socket.destroy();
    await answered.promise;
    socket.destroy();
    await new Promise((resolve) => setImmediate(resolve));
    return kept.at(-1)!;
  }

  it('goes to the next body once a request was answered', async () => {
    const first = await send('done', 1);
    const second = await send('done', 2);

    expect(second.view.buffer === first.view.buffer).toBe(true);
    expect(second.view.equals(second.copy)).toBe(true);
    expect(held.bytes).toBe(0);
    expect(ways).toEqual(way === 'fast path' ? [way, way] : []);
  });

  it('is never written again where a request failed or its caller has gone', async () => {
    const unfinished: Kept[] = [];
    for (const [index, end] of ENDS.entries()) {
      const one = await send(end, 10 + index);
      if (end !== 'done') unfinished.push(one);
    }
    for (let filling = 100; filling < 110; filling += 1) await send('done', filling);

    expect(unfinished.map(({ view, copy }) => view.equals(copy))).toEqual(unfinished.map(() => true));
    expect(new Set(unfinished.map(({ view }) => view.buffer)).size).toBe(unfinished.length);
    expect(held.bytes).toBe(0);
  });
});
