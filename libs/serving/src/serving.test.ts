import { subscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from 'vitest';
import type { PredictionEvent } from './events.ts';
import { createServing, type Serving } from './serving.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { fakePackage } from './testing/fake-package.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { startedWith } from './testing/started-with.ts';

async function setUp(packages = [fakePackage()], failing: readonly string[] = []) {
  const clock = new ManualClock();
  const engine = new FakeEngine({ clock });
  const serving = createServing({
    packages,
    clock,
    startEngine: async ({ version }) => {
      if (failing.includes(version)) throw new Error('Golden case 1 differs.');
      return startedWith(engine);
    },
  });
  const failures = await serving.load();
  return { clock, engine, serving, failures };
}

const call = (serving: Serving, clock: ManualClock, request: Partial<Parameters<Serving['predict']>[0]>) => {
  const answer = serving.predict({ rows: [{ x: 1 }], deadlineMs: 1e9, ...request }).catch((error: unknown) => error);
  return clock.advance(200).then(() => answer);
};

describe('Serving', () => {
  it('answers every row in order with the model, version and timing', async () => {
    const { clock, serving } = await setUp();
    const prediction = await call(serving, clock, { rows: [{ x: 1 }, { x: 2 }] });
    expect(prediction).toMatchObject({
      model: { name: 'doubler', version: '1', digest: 'sha256:00' },
      answers: [{ outputs: { y: 2 } }, { outputs: { y: 4 } }],
      timing: { preprocessMs: 1, inferMs: 8, postprocessMs: 1 },
    });
  });

  it('splits more rows than one batch holds', async () => {
    const { clock, engine, serving } = await setUp();
    const rows = Array.from({ length: 10 }, (_, x) => ({ x }));
    const prediction = await call(serving, clock, { rows });
    expect(prediction).toMatchObject({ answers: rows.map(({ x }) => ({ outputs: { y: 2 * x } })) });
    expect(engine.batches.map((batch) => batch.length)).toEqual([4, 4, 2]);
  });

  it('runs no more of a request one of whose batches has failed, but what has begun by then', async () => {
    const { clock, engine, serving } = await setUp();
    const rows = Array.from({ length: 40 }, (_, x) => ({ x: x === 0 ? 666 : x }));

    expect(await call(serving, clock, { rows })).toMatchObject({ code: 'ENGINE_CRASHED' });
    expect(engine.batches.length).toBeLessThanOrEqual(2);
  });

  it('refuses the request with every problem of every row', async () => {
    const { clock, engine, serving } = await setUp();
    const error = await call(serving, clock, { rows: [{ x: 'one' }, { x: 1 }, { z: 1 }] });
    expect(error).toMatchObject({ code: 'INPUT_MISMATCH' });
    expect(
      (error as { details: { row: number; field: string }[] }).details.map(({ row, field }) => [row, field]),
    ).toEqual([
      [0, 'x'],
      [2, 'x'],
      [2, 'z'],
    ]);
    expect(engine.batches).toEqual([]);
  });

  it('answers the good rows with onError "row", whoever found the bad ones', async () => {
    const { clock, serving } = await setUp();
    const prediction = await call(serving, clock, { rows: [{ x: 'one' }, { x: 1 }, { x: -1 }], onError: 'row' });
    expect(prediction).toMatchObject({
      answers: [
        { error: { code: 'INPUT_MISMATCH', details: [{ row: 0 }] } },
        { outputs: { y: 2 } },
        { error: { code: 'INPUT_MISMATCH', details: [{ row: 2, field: 'x' }] } },
      ],
    });
  });

  it('says that a row rejected by a step does not fit', async () => {
    const { clock, serving } = await setUp();
    expect(await call(serving, clock, { rows: [{ x: -1 }] })).toMatchObject({
      code: 'INPUT_MISMATCH',
      details: [{ row: 0 }],
    });
  });

  it('answers a crash as one, worth a retry', async () => {
    const { clock, serving } = await setUp();
    expect(await call(serving, clock, { rows: [{ x: 666 }] })).toMatchObject({
      code: 'ENGINE_CRASHED',
      retryAfterMs: 1000,
    });
  });

  it('offers the nearest name for an unknown model', async () => {
    const { clock, serving } = await setUp();
    expect(await call(serving, clock, { model: 'dubler' })).toMatchObject({
      code: 'MODEL_NOT_FOUND',
      message: expect.stringContaining('"doubler"'),
    });
  });

  it('takes the highest ready version, and a named one on demand', async () => {
    const versions = ['1', '2', '10'].map((version) => fakePackage({ version }));
    const { clock, serving } = await setUp(versions, ['10']);
    expect(await call(serving, clock, {})).toMatchObject({ model: { version: '2' } });
    expect(await call(serving, clock, { version: '1' })).toMatchObject({ model: { version: '1' } });
    expect(await call(serving, clock, { version: '10' })).toMatchObject({ code: 'MODEL_NOT_READY' });
    expect(await call(serving, clock, { version: '3' })).toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });

  it('is ready only with every model, and not while draining', async () => {
    const good = await setUp();
    expect(good.serving.isReady).toBe(true);
    good.serving.startDraining();
    expect(good.serving.isReady).toBe(false);

    const bad = await setUp([fakePackage(), fakePackage({ version: '2' })], ['2']);
    expect(bad.failures).toMatchObject([{ model: 'doubler', version: '2' }]);
    expect(bad.serving.isReady).toBe(false);
  });

  it('finishes what was admitted before it closes engines', async () => {
    const { clock, engine, serving } = await setUp();
    const answer = serving.predict({ rows: [{ x: 4 }], deadlineMs: 1e9 });
    await clock.advance(1);
    const closed = serving.close();
    expect(engine.closed).toBe(false);
    await clock.advance(50);

    await closed;
    expect(await answer).toMatchObject({ answers: [{ outputs: { y: 8 } }] });
    expect(engine.closed).toBe(true);
  });

  it('lets a changed package take over, and the old one finish what it has', async () => {
    const { clock, engine, serving } = await setUp();
    const before = serving.predict({ rows: [{ x: 4 }], deadlineMs: 1e9 });
    const failures = await serving.update([fakePackage({ digest: 'sha256:01' })]);
    const after = await call(serving, clock, {});

    expect(failures).toEqual([]);
    expect(await before).toMatchObject({ model: { digest: 'sha256:00' }, answers: [{ outputs: { y: 8 } }] });
    expect(after).toMatchObject({ model: { digest: 'sha256:01' } });
    expect(engine.closed).toBe(true);
  });

  it('serves the old state on where the changed package cannot serve', async () => {
    const failing: string[] = [];
    const { clock, serving } = await setUp([fakePackage()], failing);
    failing.push('1');
    const failures = await serving.update([fakePackage({ digest: 'sha256:01' })]);

    expect(failures).toMatchObject([{ model: 'doubler', version: '1' }]);
    expect(await call(serving, clock, {})).toMatchObject({ model: { digest: 'sha256:00' } });
    expect(serving.isReady).toBe(true);
  });

  it('answers with a model whose golden cases fail, where its engine was started all the same, but is never ready', async () => {
    const clock = new ManualClock();
    const failures = [{ where: 'golden.jsonl', message: 'Golden case 1 differs.' }];
    const serving = createServing({
      packages: [fakePackage()],
      clock,
      startEngine: () =>
        Promise.resolve({
          engine: new FakeEngine({ clock }),
          calibration: { curve: [], maxRows: 4, placement: 'process' },
          goldenReport: { cases: 1, failures },
          warnings: [],
        } as never),
    });
    await serving.load();

    expect(await call(serving, clock, {})).toMatchObject({ answers: [{ outputs: { y: 2 } }] });
    expect(serving.isReady).toBe(false);
  });

  it('stays ready while an engine is restarted, and while another model can answer', async () => {
    const { clock, engine, serving } = await setUp();
    engine.downSinceMs = clock.now();
    await clock.advance(4_999);
    expect(serving.isReady).toBe(true);

    await clock.advance(1);
    expect(serving.isReady).toBe(false);

    engine.downSinceMs = undefined;
    expect(serving.isReady).toBe(true);
  });

  it('answers with an error what is no number, unless the output may be null', async () => {
    const y = { type: 'number' } as const;
    const input = { x: { type: 'number' } } as const;
    const strict = await setUp([fakePackage({ signature: { input, output: { y } } })]);
    const lenient = await setUp([fakePackage({ signature: { input, output: { y: { ...y, optional: true } } } })]);
    const rows = [{ x: 1 }, { x: 1e308 }];

    expect(await call(strict.serving, strict.clock, { rows })).toMatchObject({
      code: 'INFERENCE_FAILED',
      message: 'The output "y" of row 1 is Infinity: the model gave no number for this input.',
    });
    expect(await call(strict.serving, strict.clock, { rows, onError: 'row' })).toMatchObject({
      answers: [{ outputs: { y: 2 } }, { error: { code: 'INFERENCE_FAILED' } }],
    });
    expect(await call(lenient.serving, lenient.clock, { rows })).toMatchObject({
      answers: [{ outputs: { y: 2 } }, { outputs: { y: Infinity } }],
    });
  });

  it('retires what is gone and leaves what has not changed', async () => {
    const { clock, serving } = await setUp([fakePackage(), fakePackage({ version: '2' })]);
    await serving.update([fakePackage()]);

    expect(await call(serving, clock, {})).toMatchObject({ model: { version: '1' } });
    expect(await call(serving, clock, { version: '2' })).toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });

  it('says what would be shed before its rows are known', async () => {
    const { clock, serving } = await setUp();
    const busy = serving.predict({ rows: Array.from({ length: 5 }, () => ({ x: 1 })), deadlineMs: 1e9 });
    await clock.advance(1);

    expect(serving.shed({}, { deadlineMs: clock.now() + 1.5 })).toMatchObject({
      model: 'doubler',
      version: '1',
      error: { code: 'OVERLOADED' },
    });
    expect(serving.shed({ model: 'doubler' }, { deadlineMs: 1e9 })).toBeUndefined();
    expect(serving.shed({ model: 'nobody' }, { deadlineMs: 15 })).toBeUndefined();
    await clock.advance(200);
    await busy;
    expect(serving.shed({}, { deadlineMs: clock.now() + 1.5 })).toBeUndefined();
  });

  it('publishes one event per request, with bounded names', async () => {
    const { clock, serving } = await setUp();
    const events: PredictionEvent[] = [];
    subscribe('web-single:prediction', (event) => events.push(event as PredictionEvent));
    await call(serving, clock, {});
    await call(serving, clock, { model: 'no/such\nmodel' });
    expect(events.map(({ model, code }) => [model, code])).toEqual([
      ['doubler', 'OK'],
      ['_other', 'MODEL_NOT_FOUND'],
    ]);
  });

  it('takes a model out of service and back without ceasing to be ready', async () => {
    const { clock, serving } = await setUp([fakePackage(), { ...fakePackage(), name: 'other' }]);

    await serving.unload('other');

    expect(serving.isReady).toBe(true);
    expect(await call(serving, clock, { model: 'other' })).toMatchObject({ code: 'MODEL_NOT_READY' });
    expect(await serving.bringUp([{ ...fakePackage(), name: 'other' }])).toEqual([]);
    expect(await call(serving, clock, { model: 'other' })).toMatchObject({ model: { name: 'other' } });
  });

  it('stays ready when a model that was asked for later cannot be loaded, and says why it is not there', async () => {
    const { clock, serving } = await setUp([fakePackage()], ['7']);

    const [failure] = await serving.bringUp([{ ...fakePackage(), name: 'late', version: '7' }]);

    expect(failure).toMatchObject({ model: 'late', version: '7' });
    expect(serving.isReady).toBe(true);
    expect(serving.models.versions('late')).toMatchObject([
      { state: { state: 'unloaded', message: 'Golden case 1 differs.' } },
    ]);
    expect(await call(serving, clock, { model: 'late' })).toMatchObject({ code: 'MODEL_NOT_READY' });
  });

  it('renews every engine for changed code, the old ones answering until then', async () => {
    const { clock, engine, serving } = await setUp();
    const [before] = serving.models.ready();

    const failures = await serving.renew();

    expect(failures).toEqual([]);
    expect(serving.models.ready()[0]).not.toBe(before);
    expect(await call(serving, clock, {})).toMatchObject({ answers: [{ outputs: { y: 2 } }] });
    expect(engine.closed).toBe(true);
  });
});
