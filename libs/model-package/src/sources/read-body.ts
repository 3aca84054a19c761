import type { HttpAnswer } from './http-answer.ts';
import { SourceError } from './source-error.ts';

const MAX_BYTES = 8 * 2 ** 20;

/** A small answer as text. */
export async function readBody({ body, host }: HttpAnswer): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new SourceError('refused', `"${host}" answered with more than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
