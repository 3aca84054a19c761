import type { Readable } from 'node:stream';

/** Enough for a native crash's last words or one stack. */
const keptBytes = 4096;

/** Drains a stream for ever, so that its writer never blocks, and keeps its end. */
export const keepTail = (stream: Readable): (() => string) => {
  let tail = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk.subarray(-keptBytes)]).subarray(-keptBytes);
  });
  stream.on('error', () => undefined);
  return () => tail.toString();
};
