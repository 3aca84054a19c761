import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readOverrides, type ModelPackage } from '@web-single/model-package';
import { describe, expect, it } from 'vitest';
import { createServing } from './serving.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { fakePackage } from './testing/fake-package.ts';
import { ManualClock } from './testing/manual-clock.ts';

const overrides = (text: string) => readOverrides(new TextEncoder().encode(text));

/** `doubler` answers y = 2x; its narrower input is what overrides change. */
function setUp(versions = ['1'], changes: Partial<ModelPackage> = {}, mayGrow = false) {
  const clock = new ManualClock();
  const engines: FakeEngine[] = [];
  const gate = Promise.withResolvers<void>();
  /** What happens while an engine starts. */
  const during = { start: (): void => undefined };
  const serving = createServing({
    packages: versions.map((version) => fakePackage({ version, ...changes })),
    clock,
    mayGrow,
    startEngine: async () => {
      await gate.promise;
      during.start();
      const engine = new FakeEngine({ clock });
      engines.push(engine);
      return { engine, calibration: { curve: [] }, goldenReport: { cases: 0, failures: [] }, warnings: [] } as never;
    },
  });
  const loading = serving.load();
  const loaded = async (): Promise<typeof serving> => {
    gate.resolve();
    await loading;
    return serving;
  };
  const predict = async (x: number, version?: string) => {
    const answer = serving.predict({ rows: [{ x }], version, deadlineMs: 1e9 }).catch((error: unknown) => error);
    await clock.advance(200);
    return answer;
  };
  return { serving, loaded, predict, engines, clock, during };
}

describe('Serving with overrides', () => {
  it('holds those set before the load against the packages, and lays them over what comes up', async () => {
    const { serving, loaded, predict } = setUp();
    expect(() => serving.override(overrides('models: { doubler: { input: { z: { min: 1 } } } }'))).toThrow(
      'no such input',
    );
    expect(serving.overrides).toBeUndefined();

    serving.override(overrides('models: { doubler: { input: { x: { min: 5 } } } }'));
    await loaded();

    expect(await predict(4)).toMatchObject({ code: 'INPUT_MISMATCH', details: [{ expected: 'number of at least 5' }] });
    expect(await predict(5)).toMatchObject({ answers: [{ outputs: { y: 10 } }] });
  });

  it('names those that had a part in an answer, and no others', async () => {
    const { serving, loaded, predict } = setUp(['1', '2']);
    const text = 'models: { doubler: { versions: { 2: { input: { x: { max: 9 } } } } } }';
    serving.override(overrides(text));
    await loaded();

    expect(await predict(1, '2')).toMatchObject({ model: { overrides: overrides(text).sha256.slice(0, 12) } });
    expect((await predict(1, '1')) as object).not.toHaveProperty('model.overrides');
  });

  it('takes new ones over without another engine, and keeps the old ones where they do not fit', async () => {
    const { loaded, predict, engines } = setUp();
    const serving = await loaded();

    serving.override(overrides('models: { doubler: { input: { x: { min: 5 } } } }'));
    expect(await predict(4)).toMatchObject({ code: 'INPUT_MISMATCH' });
    expect(() => serving.override(overrides('models: { doubbler: {}, doubler: { minScore: 1 } }'))).toThrow(
      /did you mean "doubler"[\s\S]*has no labels/,
    );
    expect(await predict(4)).toMatchObject({ code: 'INPUT_MISMATCH' });
    serving.override(overrides('models: {}'));
    expect(await predict(4)).toMatchObject({ answers: [{ outputs: { y: 8 } }] });

    expect(engines).toHaveLength(1);
    expect(engines[0]?.closed).toBe(false);
  });

  it('a request that has begun keeps what it began with', async () => {
    const { loaded, clock } = setUp();
    const serving = await loaded();
    serving.override(overrides('models: { doubler: { input: { x: { min: 0 } } } }'));
    const before = serving.overrides?.sha256.slice(0, 12);

    const answer = serving.predict({ rows: [{ x: 1 }], deadlineMs: 1e9 });
    serving.override(overrides('models: { doubler: { enabled: false } }'));
    await clock.advance(200);

    expect((await answer).model.overrides).toBe(before);
  });

  it('a switched off version is refused and not active, and readiness stays', async () => {
    const { loaded, predict } = setUp(['1', '2']);
    const serving = await loaded();

    serving.override(overrides('models: { doubler: { versions: { 2: { enabled: false } } } }'));

    expect(serving.models.activeVersion('doubler')).toBe('1');
    expect(await predict(1)).toMatchObject({ model: { version: '1' } });
    expect(await predict(1, '2')).toMatchObject({
      code: 'MODEL_NOT_READY',
      message: 'Model "doubler" version 2 is switched off by its operator.',
    });
    serving.override(overrides('models: { doubler: { enabled: false } }'));
    expect(await predict(1)).toMatchObject({ code: 'MODEL_NOT_READY' });
    const tensors = { x: { dtype: 'float32', shape: [1, 1], data: Float32Array.of(1) } } as const;
    await expect(serving.predictTensors({ tensors, deadlineMs: 1e9 })).rejects.toMatchObject({
      code: 'MODEL_NOT_READY',
    });
    expect(serving.isReady).toBe(true);
  });

  it('a package that they do not fit does not come up, and its engine is not left over', async () => {
    const { serving, loaded, engines } = setUp();
    serving.override(overrides('models: { doubler: { input: { x: { min: 5 } } } }'));
    await loaded();
    const other = fakePackage({
      digest: 'sha256:11',
      signature: { input: { z: { type: 'number' } }, output: { y: { type: 'number' } } },
    });

    const [failure] = await serving.bringUp([other]);

    expect(failure?.error.message).toContain('The model has no such input');
    expect(engines).toHaveLength(1);
    expect(serving.models.ready()[0]?.package.digest).toBe('sha256:00');
  });

  it('a package that does not fit those that came while its engine started is closed again', async () => {
    const { loaded, engines, during } = setUp();
    const serving = await loaded();
    during.start = () => serving.override(overrides('models: { doubler: { input: { x: { min: 5 } } } }'));
    const signature = { input: { z: { type: 'number' } }, output: { y: { type: 'number' } } } as const;

    const [failure] = await serving.bringUp([fakePackage({ digest: 'sha256:11', signature })]);

    expect(failure?.error.message).toContain('The model has no such input');
    expect(engines.map(({ closed }) => closed)).toEqual([false, true]);
  });

  it('shows the labels of the overrides, in the signature and in every answer', async () => {
    const signature = {
      input: { x: { type: 'number' } },
      output: { y: { type: 'category', values: [2, 4] } },
    } as const;
    const { loaded, predict } = setUp(['1'], { signature });
    const serving = await loaded();
    serving.override(overrides('models: { doubler: { labels: { 2: two } } }'));

    expect(await predict(1)).toMatchObject({
      answers: [{ outputs: { y: 'two' } }],
      view: { signature: { output: { y: { values: ['two', 4] } } } },
    });
    expect(await predict(2)).toMatchObject({ answers: [{ outputs: { y: 4 } }] });
    expect(serving.models.ready()[0]?.package.signature).toBe(signature);
  });

  it('a model that comes later is overridden by what was said of it before', async () => {
    const { serving, predict, loaded } = setUp([], {}, true);
    serving.override(overrides('models: { doubler: { input: { x: { min: 5 } } } }'));
    await loaded();
    await serving.bringUp([fakePackage()]);

    expect(await predict(4)).toMatchObject({ code: 'INPUT_MISMATCH' });
  });

  it('tells listeners, so that the health of a model switched off is asked again', async () => {
    const { loaded } = setUp();
    const serving = await loaded();
    const states: unknown[] = [];
    const listen = (event: unknown): void => void states.push(event);
    subscribe('web-single:model', listen);
    serving.override(overrides('models: { doubler: { enabled: false } }'));
    unsubscribe('web-single:model', listen);
    expect(states).toEqual([{ model: 'doubler', version: '1', state: 'overridden' }]);
  });
});
