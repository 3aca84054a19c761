import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

const EVERY_MS = 10;

/** A server on a free loopback port that begins every answer with a text, and then sends a byte at a time without end. */
export async function startDripping(begin: string): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((socket) => {
    socket.write(begin);
    const dripping = setInterval(() => socket.write('x'), EVERY_MS);
    socket.on('error', () => undefined);
    socket.on('close', () => clearInterval(dripping));
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
