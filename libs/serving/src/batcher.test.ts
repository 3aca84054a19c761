import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensor } from '@web-single/tensor';
import type { Row } from '@web-single/tensor';
import { Batcher } from './batcher.ts';
import type { EntryResult } from './entry.ts';
import { FakeEngine, type FakeEngineOptions } from './testing/fake-engine.ts';
import { ManualClock } from './testing/manual-clock.ts';

const FAR = 1e9;

function setUp(options: Omit<FakeEngineOptions, 'clock'> = {}, maxDelayMs = 0, runMs = 10) {
  const clock = new ManualClock();
  const engine = new FakeEngine({ clock, ...options });
  const batcher = new Batcher({
    engine,
    limits: { maxRows: engine.maxRows, maxDelayMs },
    cost: { batchMs: () => runMs },
    clock,
    onBatch: () => undefined,
  });
  const submit = (rows: readonly Row[], deadlineMs: number, signal?: AbortSignal) =>
    batcher.submit({ level: 'row', rows }, deadlineMs, signal);
  return { clock, engine, batcher, submit };
}

const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'OK',
    (error: { code: string }) => error.code,
  );

describe('Batcher', () => {
  it('sends what waits while the engine is busy as one batch', async () => {
    const { clock, engine, submit } = setUp();
    const first = submit([{ x: 1 }], FAR);
    await clock.advance(1);
    const others = [submit([{ x: 2 }], FAR), submit([{ x: 3 }, { x: 4 }], FAR)];
    await clock.advance(30);

    expect((await first).outcomes).toEqual([{ outputs: { y: 2 } }]);
    expect((await others[1])?.outcomes).toEqual([{ outputs: { y: 6 } }, { outputs: { y: 8 } }]);
    expect(engine.batches.map((rows) => rows.length)).toEqual([1, 3]);
  });

  it('gathers what one tick brings for an inline engine', async () => {
    const { clock, engine, submit } = setUp({ placement: 'inline' });
    const all = [1, 2, 3].map((x) => submit([{ x }], FAR));
    await clock.advance(20);

    await Promise.all(all);
    expect(engine.batches.map((rows) => rows.length)).toEqual([3]);
  });

  it('never carries more rows than maxRows and keeps the order', async () => {
    const { clock, engine, submit } = setUp({ maxRows: 4 });
    const all = [3, 3, 1, 4].map((count, index) =>
      submit(
        Array.from({ length: count }, () => ({ x: index })),
        FAR,
      ),
    );
    await clock.advance(100);

    await Promise.all(all);
    expect(engine.batches.map((rows) => rows.map((row) => row['x']))).toEqual([
      [0, 0, 0],
      [1, 1, 1, 2],
      [3, 3, 3, 3],
    ]);
  });

  it('waits for company up to maxDelayMs', async () => {
    const { clock, engine, submit } = setUp({}, 5);
    const first = submit([{ x: 1 }], FAR);
    await clock.advance(4);
    const second = submit([{ x: 2 }], FAR);
    await clock.advance(20);

    await Promise.all([first, second]);
    expect(engine.batches).toHaveLength(1);
  });

  it('runs as many batches at once as the engine has instances', async () => {
    const { clock, engine, submit } = setUp({ maxRows: 1, instances: 2 });
    const all = [1, 2, 3, 4].map((x) => submit([{ x }], FAR));
    await clock.advance(100);

    await Promise.all(all);
    expect(engine.mostRunning).toBe(2);
  });

  it('answers an entry at its deadline, waiting or running', async () => {
    const { clock, engine, submit } = setUp({ runMs: () => 50, maxRows: 1 });
    const running = code(submit([{ x: 1 }], 20));
    const waiting = code(submit([{ x: 2 }], 30));
    const patient = code(submit([{ x: 3 }], FAR));
    await clock.advance(31);

    expect([await running, await waiting]).toEqual(['DEADLINE_EXCEEDED', 'DEADLINE_EXCEEDED']);
    await clock.advance(100);
    expect(await patient).toBe('OK');
    expect(engine.batches.flat()).toEqual([{ x: 1 }, { x: 3 }]);
  });

  it('does not run what would be late while others can still be in time', async () => {
    const { clock, engine, submit } = setUp({ maxRows: 1 });
    const running = code(submit([{ x: 1 }], FAR));
    const late = code(submit([{ x: 2 }], 15));
    const inTime = code(submit([{ x: 3 }], 40));
    await clock.advance(30);

    expect([await running, await late, await inTime]).toEqual(['OK', 'DEADLINE_EXCEEDED', 'OK']);
    expect(engine.batches.flat()).toEqual([{ x: 1 }, { x: 3 }]);
  });

  it('runs what seems late where nothing else waits: a wrong cost must be able to mend itself', async () => {
    const { clock, submit } = setUp({}, 0, 1000);
    const seemsLate = code(submit([{ x: 1 }], 100));
    await clock.advance(20);

    expect(await seemsLate).toBe('OK');
  });

  it('drops a waiting entry whose caller has gone', async () => {
    const { clock, engine, submit } = setUp();
    void submit([{ x: 1 }], FAR);
    await clock.advance(1);
    const caller = new AbortController();
    const gone = code(submit([{ x: 2 }], FAR, caller.signal));
    caller.abort();
    await clock.advance(50);

    expect(await gone).toBe('CANCELLED');
    expect(engine.batches.flat()).toEqual([{ x: 1 }]);
  });

  it('answers everyone in a crashed batch and goes on with the next', async () => {
    const { clock, submit } = setUp({ maxRows: 2 });
    const crashed = [code(submit([{ x: 666 }], FAR)), code(submit([{ x: 1 }], FAR))];
    const next = code(submit([{ x: 2 }], FAR));
    await clock.advance(100);

    expect(await Promise.all(crashed)).toEqual(['ENGINE_CRASHED', 'ENGINE_CRASHED']);
    expect(await next).toBe('OK');
  });

  it('is idle once everything is answered', async () => {
    const { clock, engine, batcher, submit } = setUp();
    void submit([{ x: 1 }], FAR);
    const idle = batcher.whenIdle();
    await clock.advance(50);

    await idle;
    expect(engine.running).toBe(0);
    expect(batcher.queuedRows).toBe(0);
  });

  it('loses, doubles and mixes nothing under any arrival pattern', async () => {
    const arrivals = fc.array(
      fc.record({
        waitMs: fc.integer({ min: 0, max: 15 }),
        rows: fc.array(fc.integer({ min: -5, max: 99 }), { minLength: 1, maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 3 }), async (calls, instances) => {
        const { clock, engine, submit } = setUp({ instances });
        const answers: Promise<unknown>[] = [];
        for (const { waitMs, rows } of calls) {
          answers.push(
            submit(
              rows.map((x) => ({ x })),
              FAR,
            ).then((result) => result.outcomes),
          );
          await clock.advance(waitMs);
        }
        await clock.advance(10_000);
        const expected = calls.map(({ rows }) =>
          rows.map((x) =>
            x < 0 ? { problem: { field: 'x', expected: 'at least 0', got: String(x) } } : { outputs: { y: 2 * x } },
          ),
        );
        expect(await Promise.all(answers)).toEqual(expected);
        expect(engine.batches.flat()).toHaveLength(calls.flatMap(({ rows }) => rows).length);
        expect(Math.max(...engine.batches.map((rows) => rows.length))).toBeLessThanOrEqual(engine.maxRows);
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it('makes a batch of rows or of tensors, never of both, and gives each its own', async () => {
    const { clock, engine, batcher, submit } = setUp({ maxRows: 4 });
    const call = (...values: number[]): Promise<EntryResult> => {
      const x = tensor('float32', [values.length], Float32Array.from(values));
      return batcher.submit({ level: 'tensor', tensors: { x }, rows: values.length }, FAR);
    };
    const busy = submit([{ x: 0 }], FAR);
    await clock.advance(1);

    const rows = [submit([{ x: 1 }], FAR), submit([{ x: 2 }], FAR)];
    const calls = [call(1, 2), call(3), call(4, 5)];
    await clock.advance(100);

    await busy;
    expect(engine.batches.map((batch) => batch.length)).toEqual([1, 2]);
    expect(engine.calls.map((batch) => batch.length)).toEqual([2, 1]);
    expect((await rows[1])?.outcomes).toEqual([{ outputs: { y: 4 } }]);
    expect((await calls[1])?.outcomes).toEqual([{ outputs: { x: tensor('float32', [1], Float32Array.from([3])) } }]);
    expect(await calls[1]).toMatchObject({ batchRows: 3 });
  });
});
