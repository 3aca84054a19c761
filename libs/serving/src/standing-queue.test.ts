import { describe, expect, it } from 'vitest';
import { StandingQueue } from './standing-queue.ts';

/** Batches of 10 ms: a standing queue is cut to 100 ms. */
const BATCH_MS = 10;

/** Asks once every 100 ms; the last answer. */
const afterWaiting = (queue: StandingQueue, aheadMs: number, fromMs: number, toMs: number): boolean => {
  let isTooLong = false;
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += 100) isTooLong = queue.isTooLong(aheadMs, BATCH_MS, nowMs);
  return isTooLong;
};

describe('StandingQueue', () => {
  it('is too long once it has been for a second and patient callers were refused', () => {
    const queue = new StandingQueue();
    queue.calmed(0);
    queue.refused(700, BATCH_MS);

    expect(afterWaiting(queue, 700, 0, 1000)).toBe(false);
    expect(queue.isTooLong(700, BATCH_MS, 1001)).toBe(true);
    expect(queue.isTooLong(100, BATCH_MS, 1001)).toBe(false);
  });

  it('may stand as long as nobody is refused', () => {
    const queue = new StandingQueue();
    queue.calmed(0);

    expect(afterWaiting(queue, 5000, 0, 60_000)).toBe(false);
  });

  it('is not judged by those in a hurry', () => {
    const queue = new StandingQueue();
    queue.calmed(0);
    queue.refused(499, BATCH_MS);

    expect(afterWaiting(queue, 5000, 0, 60_000)).toBe(false);
  });

  it('stays cut while as much comes, and may grow again once it was nearly empty', () => {
    const queue = new StandingQueue();
    queue.calmed(0);
    queue.refused(700, BATCH_MS);

    expect(afterWaiting(queue, 51, 0, 5000)).toBe(false);
    expect(queue.isTooLong(101, BATCH_MS, 5100)).toBe(true);
    expect(queue.isTooLong(50, BATCH_MS, 5200)).toBe(false);
    expect(afterWaiting(queue, 700, 5300, 60_000)).toBe(false);
  });

  it('is as long as five batches where those are slow', () => {
    const queue = new StandingQueue();
    queue.calmed(0);
    queue.refused(2500, 100);

    expect(queue.isTooLong(500, 100, 2000)).toBe(false);
    expect(queue.isTooLong(501, 100, 2000)).toBe(true);
  });
});
