import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyTurns, type LargeBody } from './body-turns.ts';

/** Turns that pass when a test says so, at a time it sets. */
function fakeLoop() {
  let turns: (() => void)[] = [];
  const loop = {
    nowMs: 0,
    nextTurn: (callback: () => void) => turns.push(callback),
    now: () => loop.nowMs,
    /** False where nothing waited for it. */
    async turn(): Promise<boolean> {
      const due = turns;
      turns = [];
      for (const callback of due) callback();
      await Promise.resolve();
      return due.length > 0;
    },
  };
  return loop;
}

const body = (slices: number, rest: Partial<LargeBody> = {}): LargeBody => {
  let read = 0;
  return {
    sizeBytes: slices,
    readSlice: () => (read += 1) >= slices,
    deadlineMs: Infinity,
    signal: { aborted: false },
    ...rest,
  };
};

describe('BodyTurns', () => {
  it('reads one slice a turn, whatever bodies there are, and all of each', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }), async (sizes) => {
        const loop = fakeLoop();
        const bodies = new BodyTurns(loop);
        let slices = 0;
        const readings = sizes.map(async (size) => {
          const { readSlice, ...rest } = body(size);
          await bodies.read({ ...rest, readSlice: () => ((slices += 1), readSlice()) });
        });
        for (let turn = 1; await loop.turn(); turn += 1) expect(slices).toBe(turn);
        await Promise.all(readings);

        expect(slices).toBe(sizes.reduce((sum, size) => sum + size, 0));
      }),
    );
  });

  it('lets a small one that comes later overtake', async () => {
    const loop = fakeLoop();
    const bodies = new BodyTurns(loop);
    const finished: string[] = [];
    const large = bodies.read(body(100)).then(() => finished.push('large'));
    await loop.turn();
    const small = bodies.read(body(2)).then(() => finished.push('small'));
    while (await loop.turn());
    await Promise.all([large, small]);

    expect(finished).toEqual(['small', 'large']);
  });

  it('reads on of the one that came first, however many smaller ones come after it', async () => {
    const loop = fakeLoop();
    const bodies = new BodyTurns(loop);
    let isRead = false;
    const large = bodies.read(body(10)).then(() => (isRead = true));
    const others: Promise<void>[] = [];
    for (let turn = 0; turn < 40 && !isRead; turn += 1) {
      others.push(bodies.read(body(1)));
      await loop.turn();
    }

    expect(isRead).toBe(true);
    while (await loop.turn());
    await Promise.all([large, ...others]);
  });

  it('gives up one whose deadline has passed, or whose caller has gone, and reads on', async () => {
    const loop = fakeLoop();
    const bodies = new BodyTurns(loop);
    const signal = { aborted: false };
    const late = expect(bodies.read(body(5, { deadlineMs: 10 }))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    const gone = expect(bodies.read(body(6, { signal }))).rejects.toMatchObject({ code: 'CANCELLED' });
    const other = bodies.read(body(7));
    await loop.turn();
    loop.nowMs = 10;
    signal.aborted = true;
    while (await loop.turn());

    await Promise.all([late, gone, other]);
  });

  it('hands on what reading throws, and reads the next', async () => {
    const loop = fakeLoop();
    const bodies = new BodyTurns(loop);
    const broken = expect(
      bodies.read(
        body(1, {
          readSlice: () => {
            throw new Error('no JSON');
          },
        }),
      ),
    ).rejects.toThrow('no JSON');
    const next = bodies.read(body(2));
    while (await loop.turn());

    await Promise.all([broken, next]);
  });
});
