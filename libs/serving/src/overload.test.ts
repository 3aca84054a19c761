import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServingError } from './serving-error.ts';
import { createServing } from './serving.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { fakePackage } from './testing/fake-package.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { startedWith } from './testing/started-with.ts';

const MAX_ROWS = 4;
/** A batch costs 4 ms and 2 ms a row: full ones carry a third of a row per ms. */
const runMs = (rows: number): number => 4 + 2 * rows;
const CAPACITY_PER_MS = MAX_ROWS / runMs(MAX_ROWS);

/** Uniform in [0, 1), the same for the same seed (mulberry32). */
const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
  return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
};

interface Load {
  readonly seed: number;
  /** Times the capacity. */
  readonly offered: number;
  readonly durationMs: number;
  readonly timeoutMs: number;
  readonly instances?: number;
}

/** Open loop: arrivals are Poisson, whatever becomes of them. Each asks one row, `x` its number. */
async function simulate({ seed, offered, durationMs, timeoutMs, instances = 1 }: Load) {
  const random = seeded(seed);
  const clock = new ManualClock();
  const engine = new FakeEngine({ clock, maxRows: MAX_ROWS, instances, runMs });
  const limits = { maxWaitMs: 200, maxQueuedBatches: 8, minRowsInFlight: 1 };
  const serving = createServing({
    packages: [fakePackage()],
    clock,
    limits,
    startEngine: () =>
      Promise.resolve(
        startedWith(
          engine,
          [1, 2, 4].map((rows) => ({ rows, p50Ms: runMs(rows) })),
        ),
      ),
  });
  await serving.load();
  const [served] = serving.models.ready();
  const answers: { x: number; code: string; y?: unknown; sentMs: number; deadlineMs: number; answeredMs: number }[] =
    [];
  let mostInFlight = 0;
  let sent = 0;
  for (let atMs = 0; atMs < durationMs;) {
    const x = sent++;
    const sentMs = clock.now();
    const deadlineMs = sentMs + timeoutMs;
    void serving.predict({ rows: [{ x }], deadlineMs }).then(
      ({ answers: [answer] }) =>
        answers.push({ x, code: 'OK', y: answer, sentMs, deadlineMs, answeredMs: clock.now() }),
      ({ code }: ServingError) => answers.push({ x, code, sentMs, deadlineMs, answeredMs: clock.now() }),
    );
    const gapMs = -Math.log(1 - random()) / (offered * CAPACITY_PER_MS * instances);
    atMs += gapMs;
    await clock.advance(gapMs);
    mostInFlight = Math.max(mostInFlight, served?.admission.rowsInFlight ?? 0);
  }
  await clock.advance(10 * timeoutMs);
  const ok = answers.filter(({ code }) => code === 'OK');
  return { sent, answers, ok, engine, mostInFlight, goodput: ok.length / (durationMs * CAPACITY_PER_MS * instances) };
}

describe('overload', () => {
  it('keeps its goodput when offered three times, and ten times, what it can carry', async () => {
    const [full, three, ten] = [
      await simulate({ seed: 1, offered: 1, durationMs: 6000, timeoutMs: 250 }),
      await simulate({ seed: 2, offered: 3, durationMs: 6000, timeoutMs: 250 }),
      await simulate({ seed: 3, offered: 10, durationMs: 2000, timeoutMs: 250 }),
    ];

    expect(full.goodput).toBeGreaterThan(0.85);
    expect(three.goodput).toBeGreaterThan(0.95);
    expect(ten.goodput).toBeGreaterThan(0.95);
    // What is shed is shed at once, not after waiting.
    const shed = three.answers.filter(({ code }) => code === 'OVERLOADED');
    expect(shed.length).toBeGreaterThan(three.sent / 2);
    expect(shed.every(({ sentMs, answeredMs }) => answeredMs === sentMs)).toBe(true);
  });

  it('keeps its goodput where deadlines leave room for few batches', async () => {
    const tight = await simulate({ seed: 4, offered: 3, durationMs: 4000, timeoutMs: 40 });

    expect(tight.goodput).toBeGreaterThan(0.9);
  });

  it('loses, doubles and mixes nothing, runs nothing past its deadline and holds a bounded queue, whatever the load', async () => {
    const loads = fc.record({
      seed: fc.integer(),
      offered: fc.double({ min: 0.2, max: 12, noNaN: true }),
      durationMs: fc.constant(400),
      timeoutMs: fc.integer({ min: 5, max: 400 }),
      instances: fc.integer({ min: 1, max: 3 }),
    });

    await fc.assert(
      fc.asyncProperty(loads, async (load) => {
        const { sent, answers, ok, engine, mostInFlight } = await simulate(load);
        expect(answers.map(({ x }) => x).sort((one, other) => one - other)).toEqual(
          Array.from({ length: sent }, (_, x) => x),
        );
        for (const { x, y } of ok) expect(y).toEqual({ outputs: { y: 2 * x } });
        for (const { deadlineMs, answeredMs } of answers) expect(answeredMs).toBeLessThanOrEqual(deadlineMs);
        const deadlineOf = new Map(answers.map(({ x, deadlineMs }) => [x, deadlineMs]));
        for (const { rows, startedAtMs } of engine.runs)
          for (const row of rows) expect(startedAtMs).toBeLessThan(deadlineOf.get(Number(row['x'])) ?? 0);
        const runOnce = engine.batches.flat().map((row) => row['x']);
        expect(new Set(runOnce).size).toBe(runOnce.length);
        expect(mostInFlight).toBeLessThanOrEqual(8 * MAX_ROWS * load.instances);
      }),
      { numRuns: 30, seed: 5 },
    );
  });
});
