import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { LISTEN_BACKLOG } from '../config/listen-backlog.ts';

/** Elsewhere the option is an error, or distributes nothing. */
export const MAY_SHARE_PORTS = process.platform === 'linux';

/** With that of the server itself. */
const LISTENERS = 128;

export interface MoreListeners {
  /** Takes no more connections; resolves when those it took have ended. */
  close(): Promise<void>;
}

export interface MoreListenersOptions {
  /** Open at once, over all listeners. */
  readonly maxConnections: number;
  readonly onError: (error: Error) => void;
}

/**
 * Takes connections for a server that listens with `reusePort`, on more sockets of the same address. libuv accepts one connection
 * of a socket in each turn of the event loop, and under load a turn takes some 10 ms: with one socket, hundreds of new callers, and
 * the probes of a platform behind them, wait for seconds. Where ports cannot be shared it only keeps the limit.
 */
export async function addListeners(server: Server, options: MoreListenersOptions): Promise<MoreListeners> {
  const { maxConnections, onError } = options;
  let open = 0;
  // Of all listeners, since the others hand theirs over; the server's own limit would count its own alone.
  server.on('connection', (connection: Socket) => {
    if (open >= maxConnections) return void connection.destroy();
    open += 1;
    connection.once('close', () => (open -= 1));
  });
  if (!MAY_SHARE_PORTS) return { close: () => Promise.resolve() };
  const take = (connection: Socket): void => void server.emit('connection', connection);
  const { address: host, port } = server.address() as AddressInfo;
  const listeners = Array.from({ length: LISTENERS - 1 }, () => createServer(LIKE_HTTP, take).on('error', onError));
  await Promise.all(listeners.map((listener) => listen(listener, { host, port, reusePort: true })));
  return { close: async () => void (await Promise.all(listeners.map(close))) };
}

/** As Node's HTTP server has it. */
const LIKE_HTTP = { allowHalfOpen: true, noDelay: true };

/**
 * Rejects with `EADDRINUSE` where somebody listens already: who shares a port would get a part of that one's callers instead of
 * the error.
 */
export async function whenPortIsFree(address: Address): Promise<void> {
  if (!MAY_SHARE_PORTS || address.port === 0) return;
  const trial = createServer();
  await listen(trial, address);
  await close(trial);
}

interface Address {
  readonly host: string;
  readonly port: number;
}

async function listen(server: Server, options: Address & { readonly reusePort?: boolean }): Promise<void> {
  server.listen({ ...options, backlog: LISTEN_BACKLOG });
  await once(server, 'listening');
}

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
