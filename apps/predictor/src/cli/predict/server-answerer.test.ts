import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ModelDescription } from '@web-single/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { answererAt, type ServerOptions } from './server-answerer.ts';
import type { Answerer } from './answerer.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const model = {
  name: 'some',
  signature: {
    input: { a: { type: 'number' } },
    output: { label: { type: 'category', values: ['x', 'y'] }, note: { type: 'text', optional: true } },
  },
} as unknown as ModelDescription;

async function answererOf(listener: RequestListener, limits: Partial<ServerOptions> = {}): Promise<Answerer> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return answererAt(model, { baseUrl, callsAtOnce: 1, signal: new AbortController().signal, ...limits });
}

describe('answererAt', () => {
  it('sends a number that is too large as one, not as a missing value', async () => {
    const asked: string[] = [];
    const answerer = await answererOf((request: IncomingMessage, response) => {
      void text(request).then((body) => {
        asked.push(body);
        response.end('{"predictions":[{"label":"x"}]}');
      });
    });

    await answerer.predict([{ a: Infinity }]);

    expect(asked).toEqual(['{"rows":[{"a":1e999}]}']);
  });

  it('gives up an answer that does not end, and says so as of a call that may be halved', async () => {
    const piece = Buffer.alloc(2 ** 16, ' ');
    const answerer = await answererOf(
      (_request, response) => {
        const more = (): void => {
          while (!response.destroyed && response.write(piece));
        };
        response.on('drain', more);
        more();
      },
      { mostAnswerBytes: 2 ** 20 },
    );

    await expect(answerer.predict([{ a: 1 }])).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      message: expect.stringContaining('answers more than 1048576 bytes'),
    });
  });

  it.each(['before its first byte', 'in the middle'])(
    'gives up a server that says nothing more %s, for good',
    async (when) => {
      const answerer = await answererOf(
        (_request, response) => {
          if (when === 'in the middle') response.write('{"predictions"');
        },
        { timeoutMs: 200 },
      );

      await expect(answerer.predict([{ a: 1 }])).rejects.toMatchObject({
        code: 'CONNECTION_FAILED',
        message: expect.stringContaining('has not answered within 200 ms'),
        retryAfterMs: undefined,
      });
    },
  );
});
