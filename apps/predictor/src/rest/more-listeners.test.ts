import { once } from 'node:events';
import { createServer, get, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { addListeners, whenPortIsFree, type MoreListeners } from './more-listeners.ts';

const host = '127.0.0.1';

interface Running extends AsyncDisposable {
  readonly server: Server;
  readonly port: number;
  readonly more: MoreListeners;
}

/** An HTTP server on a port of its own, with more listeners where it has a limit. */
async function start(maxConnections?: number): Promise<Running> {
  const server = createServer((_request, response) => response.end('answer'));
  server.listen({ host, port: 0, reusePort: true, backlog: 1000 });
  await once(server, 'listening');
  const more: MoreListeners =
    maxConnections === undefined
      ? { close: () => Promise.resolve() }
      : await addListeners(server, { maxConnections, onError: fail });
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await Promise.all([more.close(), new Promise((resolve) => server.close(resolve))]);
  };
  return { server, port: (server.address() as AddressInfo).port, more, [Symbol.asyncDispose]: stop };
}

const fail = (error: Error): never => {
  throw error;
};

/** Turns of the loop until the server has been told of `count` callers that came at once. */
async function turnsUntilTaken({ server, port }: Running, count: number): Promise<number> {
  let taken = 0;
  server.on('connection', () => (taken += 1));
  const callers = Array.from({ length: count }, () => connect(port, host).on('error', () => {}));
  let turns = 0;
  for (; taken < count; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  callers.forEach((caller) => caller.destroy());
  return turns;
}

/** Of `count` callers at once those that got an answer, and are connected still; the others were closed. */
async function answeredOf(count: number, port: number): Promise<Socket[]> {
  const callers = Array.from({ length: count }, () => connect(port, host).on('error', () => {}));
  const outcomes = callers.map(
    (caller) =>
      new Promise<Socket[]>((resolve) => {
        caller.once('data', () => resolve([caller])).once('close', () => resolve([]));
        caller.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      }),
  );
  return (await Promise.all(outcomes)).flat();
}

// On other systems there is one listener.
describe.runIf(process.platform === 'linux')('addListeners', () => {
  it('takes many new connections in a turn of the event loop, where one listener takes one', async () => {
    await using alone = await start();
    await using many = await start(1000);

    // Where libuv takes more than one again, this file has done its work and can go.
    expect(await turnsUntilTaken(alone, 300)).toBeGreaterThanOrEqual(300);
    expect(await turnsUntilTaken(many, 300)).toBeLessThan(150);
  });

  it('answers requests over every one of them', async () => {
    await using running = await start(1000);
    const answers = Array.from({ length: 100 }, async () => {
      const [response] = await once(get({ host, port: running.port, agent: false }), 'response');
      return (response as { statusCode: number }).statusCode;
    });

    expect(new Set(await Promise.all(answers))).toEqual(new Set([200]));
  });

  it('keeps the limit of open connections over all of them, and takes others once those have ended', async () => {
    await using running = await start(20);
    const first = await answeredOf(400, running.port);
    expect(first).toHaveLength(20);

    const ended = first.map((caller) => once(caller, 'close'));
    running.server.closeAllConnections();
    await Promise.all(ended);
    expect(await answeredOf(400, running.port)).toHaveLength(20);
  });

  it('takes no more once closed, and is done when the last connection has ended', async () => {
    const { server, port, more } = await start(1000);
    const caller = connect(port, host);
    await once(server, 'connection');
    const closed = Promise.all([more.close(), new Promise((resolve) => server.close(resolve))]);

    const next = connect(port, host);
    const outcome = await Promise.race([once(next, 'connect'), once(next, 'error')]).catch((error: unknown) => [error]);
    next.destroy();
    caller.destroy();
    await closed;
    expect(outcome[0]).toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('whenPortIsFree', () => {
  it('rejects where somebody listens, even one who would share', async () => {
    await using running = await start(1000);

    await expect(whenPortIsFree({ host, port: running.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('leaves a free port free', async () => {
    const { server, port, more } = await start(1000);
    await Promise.all([more.close(), new Promise((resolve) => server.close(resolve))]);

    await whenPortIsFree({ host, port });
    await whenPortIsFree({ host, port });
    await whenPortIsFree({ host, port: 0 });
  });
});
