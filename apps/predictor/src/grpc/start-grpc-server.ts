import { once } from 'node:events';
import { createServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { LISTEN_BACKLOG } from '../config/listen-backlog.ts';
import type { Settings } from '../config/settings.ts';
import type { createGrpcServer, GrpcServer, GrpcServerOptions } from './grpc-server.ts';

export interface RunningGrpcServer {
  /** `host:port`, as clients dial it. */
  readonly address: string;
  /** From now on not serving, as health calls tell it; requests are still answered. */
  drain(): void;
  /** Takes no new connection and no new request, ends streams, resolves when all that was begun is answered. */
  close(): Promise<void>;
}

/**
 * Listens on `HOST:GRPC_PORT`. Rejects with the code of the system where it cannot. The listener is ours, so that connections are
 * counted and capped, and so that a server which nobody calls over gRPC never loads what answers it: that is done at the first
 * connection.
 */
export async function startGrpcServer(
  options: GrpcServerOptions,
  load: LoadGrpcServer = () => import('./grpc-server.ts'),
): Promise<RunningGrpcServer> {
  const { settings, log } = options;
  const server = new LazyGrpcServer(options, load);
  const tcpServer = createServer({ allowHalfOpen: true, noDelay: true }, (connection) => void server.serve(connection));
  tcpServer.maxConnections = settings.MAX_CONNECTIONS;
  const address = await listen(tcpServer, settings);
  tcpServer.on('error', (error) => log.error({ err: error }, 'gRPC connection not accepted'));
  return {
    address,
    drain: () => server.drain(),
    close: async () => {
      tcpServer.close();
      await server.close();
    },
  };
}

export type LoadGrpcServer = () => Promise<{ readonly createGrpcServer: typeof createGrpcServer }>;

class LazyGrpcServer {
  readonly #options: GrpcServerOptions;
  readonly #load: LoadGrpcServer;
  #loaded: Promise<GrpcServer> | undefined;
  #isDraining = false;

  constructor(options: GrpcServerOptions, load: LoadGrpcServer) {
    this.#options = options;
    this.#load = load;
  }

  /** What has come meanwhile waits in the connection. */
  async serve(connection: Socket): Promise<void> {
    connection.on('error', ignoreError);
    const server = await (this.#loaded ??= this.#create());
    connection.off('error', ignoreError);
    if (!connection.destroyed) server.serve(connection);
  }

  drain(): void {
    this.#isDraining = true;
    void this.#loaded?.then((server) => server.drain());
  }

  async close(): Promise<void> {
    await (await this.#loaded)?.close();
  }

  async #create(): Promise<GrpcServer> {
    const { createGrpcServer } = await this.#load();
    const server = createGrpcServer(this.#options);
    if (this.#isDraining) server.drain();
    return server;
  }
}

/** It destroys the connection, and an error without a listener would end this process. */
const ignoreError = (): void => undefined;

async function listen(tcpServer: TcpServer, { HOST, GRPC_PORT }: Settings): Promise<string> {
  tcpServer.listen({ host: HOST, port: GRPC_PORT === 'off' ? 0 : GRPC_PORT, backlog: LISTEN_BACKLOG });
  await once(tcpServer, 'listening');
  const { address, family, port } = tcpServer.address() as AddressInfo;
  return family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`;
}
