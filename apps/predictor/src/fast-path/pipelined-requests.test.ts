import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fastPathWith, jsonAnswer } from './testing/fast-path-with.ts';

const CONNECTIONS = 32;
const REQUESTS = 60;

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

const digestOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex').slice(0, 16);

const server = createServer((request, response) => void answer(request).then((text) => response.end(text)));
const fastPath = fastPathWith({
  predict: async ({ body }) => {
    await new Promise((resolve) => setImmediate(resolve));
    return jsonAnswer(`<${digestOf(body!)}>`);
  },
});
let refused = 0;

async function answer(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return `<${digestOf(Buffer.concat(pieces))}>`;
}

beforeAll(async () => {
  fastPath.attach(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

/** Random requests, one behind the other in random pieces; gives the digests of their bodies, and those that were answered. */
async function exchange(seed: number): Promise<{ sent: string[]; answered: string[] }> {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const sent: string[] = [];
  const requests = Array.from({ length: REQUESTS }, (_, index) => {
    const body = Buffer.alloc(1 + below(random() < 0.1 ? 400_000 : 2000), below(256));
    sent.push(digestOf(body));
    const isPlain = index < REQUESTS / 2 || random() < 0.5;
    const head = `POST /v1/models/m/predict HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\n${isPlain ? '' : 'Trailer: x\r\n'}`;
    return Buffer.concat([Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n`), body]);
  });
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const answered = readAnswers(socket, sent.length);
  await sendInPieces(socket, Buffer.concat(requests), below);
  return { sent, answered: await answered };
}

async function sendInPieces(socket: Socket, bytes: Buffer, below: (limit: number) => number): Promise<void> {
  for (let start = 0; start < bytes.length;) {
    const end = start + 1 + below(below(4) === 0 ? 150_000 : 1000);
    if (!socket.write(bytes.subarray(start, end))) await once(socket, 'drain');
    if (below(3) === 0) await new Promise((resolve) => setImmediate(resolve));
    start = end;
  }
}

function readAnswers(socket: Socket, count: number): Promise<string[]> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      refused += /HTTP\/1.1 [45]/.test(text) ? 1 : 0;
      const digests = [...text.matchAll(/<(\w+)>/g)].map(([, digest]) => digest!);
      if (digests.length < count && refused === 0) return;
      socket.destroy();
      resolve(digests);
    });
  });
}

it('answers requests that come one behind the other, in any pieces, in order and each with its own body', async () => {
  const exchanges = await Promise.all(Array.from({ length: CONNECTIONS }, (_, seed) => exchange(seed)));

  for (const { sent, answered } of exchanges) expect(answered).toEqual(sent);
});
