import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

describe('Turns', () => {
  it('lets so many run at once, the others in order, and goes on after a failure', async () => {
    const turns = new Turns(2);
    const began: number[] = [];
    const ends: (() => void)[] = [];
    const run = (task: number) =>
      turns.run(async () => {
        began.push(task);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (task === 0) throw new Error('failed');
      });
    const first = run(0);
    const rest = Promise.all([1, 2, 3].map(run));
    expect(began).toEqual([0, 1]);
    ends[0]?.();
    await expect(first).rejects.toThrow('failed');
    expect(began).toEqual([0, 1, 2]);
    ends[1]?.();
    ends[2]?.();
    await new Promise((resolve) => setImmediate(resolve));
    ends[3]?.();
    await rest;
    expect(began).toEqual([0, 1, 2, 3]);
  });
});
