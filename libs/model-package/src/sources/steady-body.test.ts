import { describe, expect, it } from 'vitest';
import { steadyBody } from './steady-body.ts';
import { failureOf } from './testing/fetcher.ts';

interface Course {
  readonly bytes: number | ((index: number) => number);
  readonly everyMs: number;
  readonly chunks: number;
  /** What the reader takes for each. */
  readonly usedMs?: number;
}

/** Reads a body that takes this course, by a clock of its own. */
async function read({ bytes, everyMs, chunks, usedMs = 0 }: Course): Promise<number> {
  let nowMs = 0;
  let cameBytes = 0;
  async function* dripping(): AsyncIterable<Uint8Array> {
    for (let index = 0; index < chunks; index += 1) {
      nowMs += everyMs;
      yield new Uint8Array(typeof bytes === 'number' ? bytes : bytes(index));
    }
  }
  for await (const chunk of steadyBody(dripping(), 'models.example', () => nowMs)) {
    nowMs += usedMs;
    cameBytes += chunk.byteLength;
  }
  return cameBytes;
}

describe('a body', () => {
  it('that drips a byte a second is given up after 30 of them', async () => {
    expect(await failureOf(read({ bytes: 1, everyMs: 1000, chunks: 1e6 }))).toEqual({
      reason: 'too-slow',
      message: '"models.example" delivers too slowly: 30 bytes in 30 s, expected at least 4096 bytes/s.',
    });
  });

  it('is given up below 4 KiB/s, and not at it', async () => {
    expect(await read({ bytes: 4096, everyMs: 1000, chunks: 100 })).toBe(409_600);
    expect(await failureOf(read({ bytes: 4095, everyMs: 1000, chunks: 100 }))).toMatchObject({ reason: 'too-slow' });
  });

  it('is given up where it begins well and drips then', async () => {
    const bytes = (index: number): number => (index < 60 ? 100_000 : 1);
    const failure = await failureOf(read({ bytes, everyMs: 1000, chunks: 1e6 }));
    expect(failure.message).toContain('30 bytes in 30 s');
  });

  it('may take hours where it comes steadily', async () => {
    expect(await read({ bytes: 8192, everyMs: 1000, chunks: 20_000 })).toBe(163_840_000);
  });

  it('may be small and late', async () => {
    expect(await read({ bytes: 1, everyMs: 1000, chunks: 29 })).toBe(29);
  });

  it('is not blamed for a disk that is slow', async () => {
    expect(await read({ bytes: 100, everyMs: 10, chunks: 1000, usedMs: 60_000 })).toBe(100_000);
  });
});
