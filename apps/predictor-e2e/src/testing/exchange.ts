import { connect } from 'node:net';

/** What came back on a bare connection. */
export interface RawReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ExchangeOptions {
  /** Stop sending after the last part, as a client does that has left half-way. */
  readonly end?: boolean;
}

/** Writes the parts as they are on a connection of its own and reads until the first reply is whole or the connection is closed. */
export function exchange(
  baseUrl: string,
  parts: readonly (string | Uint8Array)[],
  { end = false }: ExchangeOptions = {},
): Promise<RawReply> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(Number(port), hostname);
    const finish = (): void => {
      socket.destroy();
      resolve(parseReply(received));
    };
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      received += text;
      if (isWhole(received)) finish();
    });
    // A server that has answered may reset what is still being sent.
    socket.on('error', () => undefined);
    socket.on('close', finish);
    for (const part of parts) socket.write(part);
    if (end) socket.end();
  });
}

/** A request with a body of announced length. */
export function request(line: string, headers: readonly string[], body: string | Uint8Array = ''): Uint8Array {
  const head = [`${line} HTTP/1.1`, 'Host: server', ...headers, `Content-Length: ${Buffer.byteLength(body)}`, '', ''];
  return Buffer.concat([Buffer.from(head.join('\r\n')), Buffer.from(body)]);
}

/** Sends the parts and leaves without reading once they are written. */
export function sendAndLeave(baseUrl: string, parts: readonly (string | Uint8Array)[]): Promise<void> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    for (const part of parts.slice(0, -1)) socket.write(part);
    socket.write(parts.at(-1) ?? '', () => socket.resetAndDestroy());
  });
}

function isWhole(text: string): boolean {
  const { headers, body } = parseReply(text);
  const length = headers['content-length'];
  return text.includes('\r\n\r\n') && length !== undefined && Buffer.byteLength(body) >= Number(length);
}

function parseReply(text: string): RawReply {
  const split = text.indexOf('\r\n\r\n');
  const [line = '', ...lines] = text.slice(0, split < 0 ? text.length : split).split('\r\n');
  return {
    status: Number(line.split(' ')[1] ?? 0),
    headers: Object.fromEntries(
      lines
        .map((header) => /^([^:]+):\s*(.*)$/.exec(header)?.slice(1) ?? [])
        .map(([name = '', value = '']) => [name.toLowerCase(), value]),
    ),
    body: split < 0 ? '' : Buffer.from(text.slice(split + 4), 'latin1').toString(),
  };
}
