import { describe, expect, it } from 'vitest';
import { DeadlineWatch } from './deadline-watch.ts';
import { ManualClock } from './testing/manual-clock.ts';

function setUp() {
  const clock = new ManualClock();
  const passed: [number, number][] = [];
  const watch = new DeadlineWatch<{ deadlineMs: number }>(clock, ({ deadlineMs }) =>
    passed.push([deadlineMs, clock.now()]),
  );
  return { clock, passed, watch };
}

describe('DeadlineWatch', () => {
  it('tells of each at its own deadline, in whatever order they came', async () => {
    const { clock, passed, watch } = setUp();
    for (const deadlineMs of [30, 10, 20, 10]) watch.add({ deadlineMs });
    await clock.advance(100);

    expect(passed).toEqual([
      [10, 10],
      [10, 10],
      [20, 20],
      [30, 30],
    ]);
  });

  it('says nothing of who has gone', async () => {
    const { clock, passed, watch } = setUp();
    const gone = { deadlineMs: 10 };
    watch.add(gone);
    watch.add({ deadlineMs: 20 });
    watch.remove(gone);
    await clock.advance(100);

    expect(passed).toEqual([[20, 20]]);
  });

  it('keeps one timer, and none at rest', async () => {
    const { clock, passed, watch } = setUp();
    for (let member = 0; member < 5; member += 1) watch.add({ deadlineMs: 10 + member });
    expect(clock.timers).toBe(1);
    watch.rest();
    expect(clock.timers).toBe(0);
    await clock.advance(5);
    watch.add({ deadlineMs: 12 });
    await clock.advance(100);

    expect(passed).toHaveLength(6);
  });
});
