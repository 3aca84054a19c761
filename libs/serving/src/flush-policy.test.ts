import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flushWhen } from './flush-policy.ts';

const entry = (rows: number, enqueuedAtMs: number) => ({
  work: { level: 'row' as const, rows: Array.from({ length: rows }, () => ({})) },
  enqueuedAtMs,
});

describe('flushWhen', () => {
  it('waits for something to change while the queue is empty', () => {
    expect(flushWhen([], 100, { maxRows: 8, maxDelayMs: 5 })).toEqual({ flush: false, atMs: null });
  });

  it('flushes at once when no delay is wanted', () => {
    expect(flushWhen([entry(1, 100)], 100, { maxRows: 8, maxDelayMs: 0 })).toEqual({ flush: true });
  });

  it('flushes when the oldest entry has waited maxDelayMs', () => {
    const queue = [entry(1, 100), entry(1, 104)];
    expect(flushWhen(queue, 104.9, { maxRows: 8, maxDelayMs: 5 })).toEqual({ flush: false, atMs: 105 });
    expect(flushWhen(queue, 105, { maxRows: 8, maxDelayMs: 5 })).toEqual({ flush: true });
  });

  it('flushes a full batch before its delay is over', () => {
    expect(flushWhen([entry(3, 100), entry(5, 100)], 100, { maxRows: 8, maxDelayMs: 50 })).toEqual({ flush: true });
  });

  it('never names an instant that has passed', () => {
    const queues = fc.array(
      fc.record({ rows: fc.integer({ min: 1, max: 4 }), age: fc.double({ min: 0, max: 100, noNaN: true }) }),
    );
    fc.assert(
      fc.property(queues, fc.double({ min: 0, max: 50, noNaN: true }), (entries, maxDelayMs) => {
        const queue = entries
          .map(({ rows, age }) => entry(rows, 1000 - age))
          .sort((a, b) => a.enqueuedAtMs - b.enqueuedAtMs);
        const decision = flushWhen(queue, 1000, { maxRows: 8, maxDelayMs });
        if (!decision.flush && decision.atMs !== null) expect(decision.atMs).toBeGreaterThan(1000);
      }),
    );
  });
});
