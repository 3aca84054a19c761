import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from 'vitest';
import { tensor } from '@web-single/tensor';
import type { PredictionEvent } from './events.ts';
import { createServing, type Serving } from './serving.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { fakePackage } from './testing/fake-package.ts';
import { ManualClock } from './testing/manual-clock.ts';

const x = tensor('float32', [3, 1], Float32Array.from([1, 2, 3]));

async function setUp() {
  const clock = new ManualClock();
  const engine = new FakeEngine({ clock });
  const serving = createServing({
    packages: [{ ...fakePackage(), batchable: true }],
    clock,
    startEngine: async () =>
      ({
        engine,
        calibration: { curve: [], maxRows: 4, placement: 'process' },
        goldenReport: { cases: 0, failures: [] },
        warnings: [],
      }) as never,
  });
  await serving.load();
  return { clock, engine, serving };
}

const call = (
  serving: Serving,
  clock: ManualClock,
  request: Partial<Parameters<Serving['predictTensors']>[0]> = {},
) => {
  const answer = serving
    .predictTensors({ tensors: { x }, deadlineMs: 1e9, ...request })
    .catch((error: unknown) => error);
  return clock.advance(200).then(() => answer);
};

describe('predictTensors', () => {
  it('answers with the tensors of the engine, the model and the timing', async () => {
    const { clock, serving } = await setUp();

    expect(await call(serving, clock)).toMatchObject({
      model: { name: 'doubler', version: '1', digest: 'sha256:00' },
      outputs: { x },
      timing: { preprocessMs: 0, inferMs: 8, postprocessMs: 0 },
    });
  });

  it.each([
    ['an unknown model', { model: 'trippler' }, 'MODEL_NOT_FOUND'],
    ['an unknown version', { version: '9' }, 'MODEL_NOT_FOUND'],
    ['a deadline that has passed', { deadlineMs: -1 }, 'DEADLINE_EXCEEDED'],
    ['a deadline that comes first', { deadlineMs: 5 }, 'DEADLINE_EXCEEDED'],
  ])('refuses %s', async (_what, request, code) => {
    const { clock, serving } = await setUp();

    expect(await call(serving, clock, request)).toMatchObject({ code });
  });

  it('counts its rows in admission while it waits, and in the event of its answer', async () => {
    const { clock, serving } = await setUp();
    const events: PredictionEvent[] = [];
    const listen = (event: unknown): void => void events.push(event as PredictionEvent);
    subscribe('web-single:prediction', listen);
    const [served] = serving.models.ready();

    const answer = call(serving, clock);

    expect(served?.admission.rowsInFlight).toBe(3);
    await answer;
    unsubscribe('web-single:prediction', listen);
    expect(served?.admission.rowsInFlight).toBe(0);
    expect(events).toMatchObject([{ model: 'doubler', version: '1', rows: 3, code: 'OK' }]);
  });
});
