import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** sha256 of a file in hex, and its size, without holding it in memory. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    hash.update(chunk as Uint8Array);
    sizeBytes += (chunk as Uint8Array).byteLength;
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}
