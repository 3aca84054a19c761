import { describe, expect, it } from 'vitest';
import { BodyMemory } from './body-memory.ts';

const kB = 1024;

describe('BodyMemory', () => {
  it('hands what was given back to one next owner', () => {
    const memory = new BodyMemory();
    const first = memory.take(600 * kB);
    memory.give(first);

    expect(memory.take(590 * kB) === first).toBe(true);
    expect(memory.take(590 * kB) === first).toBe(false);
  });

  it('has enough for what is asked, and never twice as much', () => {
    const memory = new BodyMemory();
    memory.give(memory.take(600 * kB));

    expect(memory.take(601 * kB + 64 * kB).length).toBeGreaterThanOrEqual(665 * kB);
    expect(memory.take(100 * kB).length).toBeLessThan(200 * kB);
  });

  it('keeps no more than its bound, and frees the rest at once', () => {
    const memory = new BodyMemory(1024 * kB);
    const [kept, tooMuch] = [memory.take(640 * kB), memory.take(640 * kB)];
    memory.give(kept!);
    memory.give(tooMuch!);

    expect(memory.freeBytes).toBe(640 * kB);
    expect([kept!.length, tooMuch!.length]).toEqual([640 * kB, 0]);
    memory.take(640 * kB);
    expect(memory.freeBytes).toBe(0);
  });
});
