import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const FRAME_HEADER_BYTES = 9;
const HEADERS = 1;

/** Stands before a server that dies in the middle of an answer: after the head of the first one its connections are gone. */
export class DroppingProxy implements Disposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #hasDropped = false;

  private constructor(port: number) {
    this.#server = createServer((client) => this.#pass(client, connect(port, '127.0.0.1')));
  }

  static async start(port: number): Promise<DroppingProxy> {
    const proxy = new DroppingProxy(port);
    await once(proxy.#server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get hasDropped(): boolean {
    return this.#hasDropped;
  }

  [Symbol.dispose](): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #pass(client: Socket, server: Socket): void {
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.pipe(server);
    server.on('data', (chunk: Buffer) => {
      client.write(chunk);
      if (this.#hasDropped || !hasHeaders(chunk)) return;
      this.#hasDropped = true;
      server.destroy();
      client.end();
    });
  }
}

function hasHeaders(chunk: Buffer): boolean {
  for (let at = 0; at + FRAME_HEADER_BYTES <= chunk.length; at += FRAME_HEADER_BYTES + chunk.readUIntBE(at, 3)) {
    if (chunk[at + 3] === HEADERS) return true;
  }
  return false;
}
