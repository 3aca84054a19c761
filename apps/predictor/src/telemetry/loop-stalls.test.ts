import { describe, expect, it } from 'vitest';
import { watchLoopStalls } from './loop-stalls.ts';

/** Time that a test moves; a callback runs when its test says so, however late. */
function setUp() {
  let nowMs = 0;
  let pending: (() => void) | undefined;
  const observed: number[] = [];
  const end = watchLoopStalls(
    {
      now: () => nowMs,
      schedule(callback) {
        pending = callback;
        return () => (pending = undefined);
      },
    },
    (stallMs) => observed.push(stallMs),
  );
  const wakeAt = (atMs: number): void => {
    nowMs = atMs;
    pending?.();
  };
  return { observed, wakeAt, end, isPending: () => pending !== undefined };
}

describe('watchLoopStalls', () => {
  it('observes by how much each tick is late', () => {
    const { observed, wakeAt } = setUp();
    wakeAt(10);
    wakeAt(75);
    wakeAt(84.5);

    expect(observed).toEqual([0, 55, 0]);
  });

  it('ends when it is told to', () => {
    const { end, isPending } = setUp();
    end();

    expect(isPending()).toBe(false);
  });
});
