import type { IncomingMessage } from 'node:http';
import type { SourceReply } from './model-source.ts';
import { networkError } from './network-error.ts';
import { SourceError } from './source-error.ts';

/** Makes a reply of an answer with one of the statuses that files are delivered with. */
export function sourceReply(response: IncomingMessage, host: string, signal: AbortSignal): SourceReply {
  const { headers, statusCode } = response;
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    response.destroy();
    const message = `"${host}" answered in the encoding "${encoding.slice(0, 32)}" although it was asked for none.`;
    throw new SourceError('refused', message);
  }
  const length = /^\d{1,15}$/.exec(headers['content-length'] ?? '')?.[0];
  const range = rangeOf(headers['content-range']);
  return {
    status: statusCode as SourceReply['status'],
    ...(headers.etag === undefined ? {} : { etag: headers.etag }),
    ...(headers['last-modified'] === undefined ? {} : { lastModified: headers['last-modified'] }),
    ...(length === undefined ? {} : { lengthBytes: Number(length) }),
    ...(range === undefined ? {} : { range }),
    body: bodyOf(response, host, signal),
    discard: () => void response.destroy(),
  };
}

async function* bodyOf(response: IncomingMessage, host: string, signal: AbortSignal): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of response) yield chunk as Uint8Array;
  } catch (error) {
    signal.throwIfAborted();
    throw networkError(error, host);
  }
}

function rangeOf(header: string | undefined): SourceReply['range'] {
  const found = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/.exec(header ?? '');
  if (found === null) return undefined;
  return { startBytes: Number(found[1]), ...(found[2] === '*' ? {} : { totalBytes: Number(found[2]) }) };
}
