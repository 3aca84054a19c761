import { once } from 'node:events';
import {
  connect,
  constants,
  type ClientHttp2Session,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2';

/** A gRPC frame around a message. */
export function frame(message: Uint8Array, isCompressed = false): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(isCompressed ? 1 : 0, 0);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

export function openSession(address: string): ClientHttp2Session {
  return connect(`http://${address}`);
}

export function callHeaders(path: string, headers: OutgoingHttpHeaders = {}): OutgoingHttpHeaders {
  return {
    [constants.HTTP2_HEADER_METHOD]: 'POST',
    [constants.HTTP2_HEADER_PATH]: path,
    [constants.HTTP2_HEADER_CONTENT_TYPE]: 'application/grpc',
    [constants.HTTP2_HEADER_TE]: 'trailers',
    ...headers,
  };
}

/** One call by hand, for what no client library sends. Resolves with all headers and trailers of the answer. */
export async function rawCall(
  address: string,
  path: string,
  { headers = {}, body = frame(new Uint8Array(0)) }: { headers?: OutgoingHttpHeaders; body?: Buffer } = {},
): Promise<IncomingHttpHeaders> {
  const session = openSession(address);
  const stream = session.request(callHeaders(path, headers));
  const seen: IncomingHttpHeaders = {};
  stream.on('response', (response) => Object.assign(seen, response));
  stream.on('trailers', (trailers) => Object.assign(seen, trailers));
  stream.resume();
  stream.end(body);
  await once(stream, 'close');
  session.close();
  return seen;
}
