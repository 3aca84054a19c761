import { PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { HeldBytes } from '../bodies/held-bytes.ts';
import { collectBody } from './collect-body.ts';

/** One body on its way in: what is written to `stream` arrives, `outcome` is the request's. */
function collecting(held: HeldBytes) {
  const stream = new PassThrough();
  const outcome = { heldBytes: 0, isOver: false };
  const body = new Promise<Buffer>((resolve, reject) => {
    const request = { headers: {}, outcome } as unknown as FastifyRequest;
    collectBody(100, held)(request, stream as unknown as IncomingMessage, (error, bytes) =>
      error ? reject(error) : resolve(bytes!),
    );
  });
  return { stream, outcome, body };
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
});
