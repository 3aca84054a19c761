import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLoopStalls, STALL_TICK_MS, type TickTimes } from './loop-stalls.ts';

type Observed = [stallMs: number, count: number];

function read(ticks: TickTimes): Observed[] {
  const observed: Observed[] = [];
  readLoopStalls(ticks, (stallMs, count) => observed.push([stallMs, count]));
  return observed;
}

/** Node's own histogram of ticks that came so many ms after the one before. */
function ticksOf(...timesMs: number[]) {
  const ticks = createHistogram();
  for (const timeMs of timesMs) ticks.record(Math.round(timeMs * 1e6));
  return ticks;
}

describe('readLoopStalls', () => {
  it('tells by how much each tick is late, and how many are not', () => {
    const observed = read(ticksOf(10, 65, 10.5, 9, 210));

    expect(observed.map(([stallMs, count]) => [Math.round(stallMs), count])).toEqual([
      [200, 1],
      [55, 1],
      [0, 3],
    ]);
  });

  it('tells each tick once', () => {
    const ticks = ticksOf(30);
    read(ticks);

    expect(read(ticks)).toEqual([]);
    ticks.record(20e6);
    expect(read(ticks)).toHaveLength(1);
  });

  it('tells every stall of more than a millisecond, to a thousandth of its tick, and all ticks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 300 }), (timesMs) => {
        const observed = read(ticksOf(...timesMs));
        const told = observed.map(([stallMs]) => stallMs).filter((stallMs) => stallMs > 1.5);
        const late = timesMs.map((timeMs) => timeMs - STALL_TICK_MS).filter((stallMs) => stallMs > 1.5);
        late.sort((one, other) => other - one);

        expect(observed.reduce((sum, [, count]) => sum + count, 0)).toBe(timesMs.length);
        expect(told).toHaveLength(late.length);
        const errors = told.map((stallMs, at) => Math.abs(stallMs - late[at]!) / (late[at]! + STALL_TICK_MS));
        expect(Math.max(0, ...errors)).toBeLessThan(0.001);
      }),
      { seed: 20261127 },
    );
  });

  it('sees that the loop of this process was kept', async () => {
    const ticks = monitorEventLoopDelay({ resolution: STALL_TICK_MS });
    ticks.enable();
    const nextTicks = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 3 * STALL_TICK_MS));
    await nextTicks();
    const endMs = performance.now() + 100;
    while (performance.now() < endMs);
    await nextTicks();
    ticks.disable();

    expect(Math.max(...read(ticks).map(([stallMs]) => stallMs))).toBeGreaterThan(80);
  });
});
