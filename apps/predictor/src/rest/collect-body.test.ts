import { PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { HeldBytes } from '../bodies/held-bytes.ts';
import { collectBody } from './collect-body.ts';

/** Time that passes when a test says so. */
function stoppedClock() {
  const due = new Set<{ callback: () => void; atMs: number }>();
  const clock = {
    nowMs: 0,
    timers: () => due.size,
    now: () => clock.nowMs,
    schedule(callback: () => void, delayMs: number) {
      const timer = { callback, atMs: clock.nowMs + delayMs };
      due.add(timer);
      return () => void due.delete(timer);
    },
    advanceTo(nowMs: number) {
      clock.nowMs = nowMs;
      for (const timer of due) if (timer.atMs <= nowMs) timer.callback();
    },
  };
  return clock;
}

/** One body on its way in: what is written to `stream` arrives, `outcome` is the request's. */
function collecting(held: HeldBytes, { clock = stoppedClock(), isInflated = false, limitBytes = 100 } = {}) {
  const stream = new PassThrough();
  const outcome = { heldBytes: 0, isOver: false, deadlineMs: 1000 };
  const body = new Promise<Buffer>((resolve, reject) => {
    const request = { headers: {}, outcome, raw: isInflated ? undefined : stream } as unknown as FastifyRequest;
    collectBody(limitBytes, held, { clock })(request, stream as unknown as IncomingMessage, (error, bytes) =>
      error ? reject(error) : resolve(bytes!),
    );
  });
  return { stream, outcome, body, clock };
}

describe('collectBody', () => {
  it('holds what it has read, and gives it', async () => {
    const held = new HeldBytes(1000);
    const { stream, outcome, body } = collecting(held);
    stream.write('12345');
    stream.end('678');

    expect((await body).toString()).toBe('12345678');
    expect([held.bytes, outcome.heldBytes]).toEqual([8, 8]);
  });

  it('holds nothing of what still comes when the request is over', async () => {
    const held = new HeldBytes(1000);
    const { stream, outcome, body } = collecting(held);
    outcome.isOver = true;
    stream.end('an inflater has more to give');
    await body;

    expect([held.bytes, outcome.heldBytes]).toEqual([0, 0]);
  });

  it('gives up a body that has not come when its caller stops waiting, and then waits for nothing', async () => {
    const held = new HeldBytes(1000);
    const { stream, body, clock } = collecting(held);
    stream.write('123');
    await new Promise((resolve) => setImmediate(resolve));
    clock.advanceTo(999);
    expect(clock.timers()).toBe(1);
    clock.advanceTo(1000);

    await expect(body).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(clock.timers()).toBe(0);
  });

  it('needs no timer for what has come', async () => {
    const { stream, body, clock } = collecting(new HeldBytes(1000));
    stream.write('123');
    stream.end('45');
    await body;

    expect(clock.timers()).toBe(0);
  });

  it.each([
    { from: 'a socket', isInflated: false, left: [0, 0] },
    { from: 'an inflater, which may go on with their memory', isInflated: true, left: [5000, 5000] },
  ])('frees pieces that it has copied where nobody else has them: $from', async ({ isInflated, left }) => {
    const { stream, body } = collecting(new HeldBytes(20_000), { isInflated, limitBytes: 20_000 });
    const pieces = [1, 2].map((filling) => Buffer.from(new Uint8Array(5000).fill(filling).buffer));
    for (const piece of pieces) stream.write(piece);
    stream.end();

    expect(await body).toEqual(Buffer.concat([Buffer.alloc(5000, 1), Buffer.alloc(5000, 2)]));
    expect(pieces.map(({ length }) => length)).toEqual(left);
  });
});
