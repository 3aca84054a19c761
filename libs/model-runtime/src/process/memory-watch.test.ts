import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock.ts';
import { residentBytes, watchMemory } from './memory-watch.ts';

/** Fires whatever is scheduled at once. */
const impatient: Clock = {
  now: () => 0,
  schedule(callback) {
    queueMicrotask(callback);
    return () => undefined;
  },
};

describe('watchMemory', () => {
  it('tells once that a process holds too much', async () => {
    const bytes = await new Promise<number>((resolve) => watchMemory(process.pid, 1_000_000, impatient, resolve));

    expect(bytes).toBeGreaterThan(1_000_000);
    expect(bytes).toBeLessThan(2 * process.memoryUsage.rss());
  });

  it('says nothing of a process that is gone', async () => {
    expect(await residentBytes(2 ** 22 + 1)).toBeUndefined();
  });
});
