import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestTurns } from './request-turns.ts';

/** A loop whose time passes only with requests: each takes its own. */
function loopOf(turnMs: number) {
  let nowMs = 0;
  const due: (() => void)[] = [];
  const turns = new RequestTurns({ turnMs, now: () => nowMs, nextTurn: (callback) => due.push(callback) });
  const done: number[] = [];
  return {
    done,
    waitMs: () => turns.waitMs,
    /** What else the loop does. */
    pass: (ms: number) => (nowMs += ms),
    arrive: (id: number, tookMs: number) =>
      turns.take(nowMs, () => {
        nowMs += tookMs;
        done.push(id);
      }),
    /** One turn; the time it took. */
    turn: (): number => {
      const startMs = nowMs;
      for (const callback of due.splice(0)) callback();
      return nowMs - startMs;
    },
    hasMore: () => due.length > 0,
  };
}

describe('RequestTurns', () => {
  it('lets a request go on at once while its turn has time', () => {
    const { arrive, done } = loopOf(10);
    arrive(1, 6);
    arrive(2, 6);
    expect(done).toEqual([1, 2]);
  });

  it('keeps those beyond for later turns, whoever comes meanwhile behind them', () => {
    const { arrive, done, turn } = loopOf(10);
    for (const id of [1, 2, 3, 4, 5]) arrive(id, 6);
    expect(done).toEqual([1, 2]);
    expect(turn()).toBe(12);
    expect(done).toEqual([1, 2, 3, 4]);
    arrive(6, 6);
    expect(done).toEqual([1, 2, 3, 4]);
    turn();
    expect(done).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('begins a turn anew when nobody waits any more', () => {
    const { arrive, done, turn, hasMore } = loopOf(10);
    arrive(1, 20);
    turn();
    expect(hasMore()).toBe(false);
    arrive(2, 20);
    expect(done).toEqual([1, 2]);
  });

  it('tells how long one that comes now would wait, by what those before it took with all that came between', () => {
    const { arrive, turn, pass, waitMs, hasMore } = loopOf(10);
    for (let id = 0; id < 105; id += 1) arrive(id, 2);
    expect(waitMs()).toBeCloseTo(100 * 0.1);
    for (let turns = 0; turns < 12; turns += 1) {
      pass(30);
      turn();
    }
    // 40 of them are left; five went on in a turn of 10 ms and 30 for others.
    expect(waitMs()).toBeGreaterThan(40 * 7);
    expect(waitMs()).toBeLessThanOrEqual(40 * 8);
    while (hasMore()) turn();
    expect(waitMs()).toBe(0);
  });

  it('lets everyone on in order, no turn longer than its time and one request', () => {
    const arrivals = fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 20 }), { maxLength: 20 });
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 25 }), (byTurn, turnMs) => {
        const { arrive, done, turn, hasMore } = loopOf(turnMs);
        let id = 0;
        for (const tookMs of byTurn) {
          for (const each of tookMs) arrive(id++, each);
          expect(turn()).toBeLessThan(turnMs + 30);
        }
        while (hasMore()) expect(turn()).toBeLessThan(turnMs + 30);
        expect(done).toEqual(Array.from({ length: id }, (_, index) => index));
      }),
    );
  });
});
