import type { IncomingMessage } from 'node:http';
import { networkError } from './network-error.ts';
import { SourceError } from './source-error.ts';

const MAX_BYTES = 8 * 2 ** 20;

/** A small answer as text. */
export async function readBody(response: IncomingMessage, host: string, signal: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response) {
      bytes += (chunk as Uint8Array).byteLength;
      if (bytes > MAX_BYTES) throw new SourceError('refused', `"${host}" answered with more than ${MAX_BYTES} bytes.`);
      chunks.push(chunk as Uint8Array);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw networkError(error, host);
  }
  return Buffer.concat(chunks).toString('utf8');
}
