import { SourceError } from './source-error.ts';

const WINDOW_MS = 30_000;
/** Low, since many downloads may share a thin line; far above what a source can hold a start-up with. */
const SLOWEST_BYTES_PER_S = 4096;

/**
 * A body as it comes, until less than 4 KiB/s came of it for 30 s: a source that drips would hold a start-up for ever. Only the
 * waiting for it counts, not what the caller does with it. What came is handed on first, so that an attempt can go on from it.
 */
export async function* steadyBody(
  body: AsyncIterable<Uint8Array>,
  host: string,
  nowMs: () => number,
): AsyncIterable<Uint8Array> {
  let [waitedMs, cameBytes] = [0, 0];
  let askedAtMs = nowMs();
  for await (const chunk of body) {
    waitedMs += nowMs() - askedAtMs;
    cameBytes += chunk.byteLength;
    yield chunk;
    if (waitedMs >= WINDOW_MS) {
      if (cameBytes * 1000 < SLOWEST_BYTES_PER_S * waitedMs) throw tooSlow(host, cameBytes, waitedMs);
      [waitedMs, cameBytes] = [0, 0];
    }
    askedAtMs = nowMs();
  }
}

function tooSlow(host: string, cameBytes: number, waitedMs: number): SourceError {
  const came = `${cameBytes} bytes in ${Math.round(waitedMs / 1000)} s`;
  return new SourceError(
    'too-slow',
    `"${host}" delivers too slowly: ${came}, expected at least ${SLOWEST_BYTES_PER_S} bytes/s.`,
  );
}
