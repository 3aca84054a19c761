import { describe, expect, it } from 'vitest';
import { anyBlock } from '../testing/any-block.ts';
import { warmUp } from './warm-up.ts';

/** Runs blocks that take so much CPU time a request, and tells how many were run. */
async function blocksRun(cpuMicros: readonly number[], mostMs = 60_000): Promise<number> {
  let count = 0;
  await warmUp(async () => anyBlock({ cpuMicros: cpuMicros[count++] ?? Number.NaN }), { blockMs: 500, mostMs });
  return count;
}

describe('warmUp', () => {
  it('ends soon where every block costs the same', async () => {
    expect(await blocksRun([100, 101, 99, 100, 50])).toBe(4);
  });

  it('goes on as long as requests become cheaper', async () => {
    expect(await blocksRun([400, 300, 200, 150, 120, 110, 100, 99, 100, 98, 97])).toBe(10);
  });

  it('takes a dear block between cheaper ones for a busy moment of the machine', async () => {
    expect(await blocksRun([400, 500, 300, 450, 250, 249, 251, 250, 1])).toBe(8);
  });

  it('ends at its limit where there is no end of it', async () => {
    const falling = Array.from({ length: 100 }, (_, index) => 1000 * 0.9 ** index);
    expect(await blocksRun(falling, 8_000)).toBe(16);
  });

  it('is one block where there is time for one', async () => {
    expect(await blocksRun([100, 90], 500)).toBe(1);
  });
});
