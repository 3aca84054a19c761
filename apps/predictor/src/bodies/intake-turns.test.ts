import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IntakeTurns } from './intake-turns.ts';

const PIECE_BYTES = 64 * 1024;

/** Callers whose pieces are all there already, as in a socket's buffer; `turn` is one turn of the loop that reads them. */
function callersWith(pieces: readonly number[], bytesATurn: number) {
  let due: (() => void)[] = [];
  const intakes = new IntakeTurns({ bytesATurn, nextTurn: (callback) => due.push(callback) });
  const callers = pieces.map((left) => {
    const caller = {
      left,
      isPaused: false,
      pause: () => (caller.isPaused = true),
      resume: () => (caller.isPaused = false),
    };
    return caller;
  });
  const readAll = (): number => {
    let bytes = 0;
    for (const caller of callers)
      for (; caller.left > 0 && !caller.isPaused; caller.left -= 1) {
        bytes += PIECE_BYTES;
        intakes.took(caller, PIECE_BYTES);
      }
    return bytes;
  };
  const turn = (): number => {
    const callbacks = due;
    due = [];
    for (const callback of callbacks) callback();
    return readAll();
  };
  return { callers, turn, hasMore: () => due.length > 0 };
}

describe('IntakeTurns', () => {
  it('takes in what a turn may and one piece of each other caller, and all of everyone in the end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 10 }),
        (pieces, piecesATurn) => {
          const bytesATurn = piecesATurn * PIECE_BYTES;
          const { callers, turn, hasMore } = callersWith(pieces, bytesATurn);
          let turns = 0;
          do {
            expect(turn()).toBeLessThan(bytesATurn + callers.length * PIECE_BYTES);
            turns += 1;
          } while (hasMore());

          expect(callers.map(({ left, isPaused }) => [left, isPaused])).toEqual(pieces.map(() => [0, false]));
          expect(turns).toBeLessThanOrEqual(2 + pieces.reduce((sum, count) => sum + count, 0) / piecesATurn);
        },
      ),
    );
  });

  it('lets who waited longest go on first', () => {
    const { callers, turn } = callersWith([9, 9, 9], PIECE_BYTES);
    turn();
    expect(callers.map(({ isPaused }) => isPaused)).toEqual([true, true, true]);
    turn();
    expect(callers.map(({ left }) => left)).toEqual([7, 8, 8]);
    turn();
    expect(callers.map(({ left }) => left)).toEqual([7, 7, 8]);
  });

  it('does not pause what stays below the bound', () => {
    const { callers, turn, hasMore } = callersWith([3, 4], 8 * PIECE_BYTES);
    turn();

    expect(callers.map(({ left, isPaused }) => [left, isPaused])).toEqual([
      [0, false],
      [0, false],
    ]);
    expect(hasMore()).toBe(true);
    turn();
    expect(hasMore()).toBe(false);
  });

  it('counts a first piece where a body of many begins with it', () => {
    const bytesATurn = PIECE_BYTES;
    const intakes = new IntakeTurns({ bytesATurn, nextTurn: () => undefined });
    const paused: string[] = [];
    const intake = (name: string) => ({ pause: () => paused.push(name), resume: () => undefined });

    intakes.tookFirst(intake('small'), 1000);
    intakes.tookFirst(intake('large'), PIECE_BYTES);
    intakes.tookFirst(intake('small, late'), 1000);
    intakes.tookFirst(intake('large, late'), PIECE_BYTES);

    expect(paused).toEqual(['large', 'large, late']);
  });
});
