import { EventEmitter, once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { describeTensorCalls } from './engine-tensors.suite.ts';
import { describeEngine } from './engine.suite.ts';
import type { EngineEvent } from './engine-event.ts';
import type { Engine } from './engine.ts';
import { startEngine } from './start/start-engine.ts';
import type { StartEngineOptions } from './start/start-options.ts';
import { endless, endlessSignature, fixtureModel } from './testing/fixture-model.ts';

describeEngine('a process engine', async (model) => (await startEngine(model, { placement: 'process' })).engine);
describeTensorCalls('a process engine', async (model) => (await startEngine(model, { placement: 'process' })).engine);

const soon = (ms: number): number => performance.now() + ms;

describe('a process engine under faults', () => {
  const engines: Engine[] = [];
  afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.close())));

  /** `endless` answers rows that are not negative, and never comes back from one that is. */
  const start = async (
    runTimeoutMs: number,
    options: StartEngineOptions = {},
  ): Promise<{ engine: Engine; events: EventEmitter }> => {
    const events = new EventEmitter();
    const model = fixtureModel('endless', endless, {
      signature: endlessSignature,
      engine: { placement: 'process', instances: 1, runTimeoutMs },
    });
    const onEvent = (event: EngineEvent): void => void events.emit(event.type, event);
    const { engine } = await startEngine(model, { ...options, onEvent });
    engines.push(engine);
    return { engine, events };
  };

  it('answers its batch at once when the process is killed, and starts another', async () => {
    const { engine, events } = await start(60_000);
    const started = once(events, 'started');
    const { pid } = engine.status();

    const running = engine.predict([{ x: -1 }], soon(60_000));
    process.kill(pid!, 'SIGKILL');
    await expect(running).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
    await started;

    expect(engine.status()).toMatchObject({ state: 'ready', crashes: 1, hangs: 0, restarts: 1 });
    expect(engine.status().pid).not.toBe(pid);
    expect((await engine.predict([{ x: 2 }], soon(30_000))).outcomes).toEqual([{ outputs: { y: 2 } }]);
  });

  it('says that it is unavailable while it starts again', async () => {
    const { engine, events } = await start(60_000);
    const restarting = once(events, 'restarting');

    process.kill(engine.status().pid!, 'SIGKILL');
    await restarting;

    expect(engine.status()).toMatchObject({ state: 'restarting', downSinceMs: expect.any(Number) });
    await expect(engine.predict([{ x: 1 }], soon(30_000))).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
  });

  it('kills a run that never ends, answers for it, and leaves the event loop free', async () => {
    const { engine, events } = await start(300);
    const started = once(events, 'started');
    let turns = 0;
    const turning = setInterval(() => turns++, 1);

    await expect(engine.predict([{ x: -1 }], soon(60_000))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    clearInterval(turning);
    await started;

    expect(turns).toBeGreaterThan(20);
    expect(engine.status()).toMatchObject({ hangs: 1, crashes: 0, restarts: 1 });
    expect((await engine.predict([{ x: 3 }], soon(30_000))).outcomes).toEqual([{ outputs: { y: 3 } }]);
  });

  it('kills a process that was stopped', async () => {
    const { engine, events } = await start(300);
    const started = once(events, 'started');

    process.kill(engine.status().pid!, 'SIGSTOP');
    await expect(engine.predict([{ x: 1 }], soon(60_000))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await started;

    expect((await engine.predict([{ x: 1 }], soon(30_000))).outcomes).toHaveLength(1);
  });

  it('answers a short deadline without killing the process for it', async () => {
    const { engine } = await start(60_000);
    const { pid } = engine.status();

    process.kill(pid!, 'SIGSTOP');
    await expect(engine.predict([{ x: 1 }], soon(20))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    process.kill(pid!, 'SIGCONT');

    expect((await engine.predict([{ x: 5 }], soon(30_000))).outcomes).toEqual([{ outputs: { y: 5 } }]);
    expect(engine.status()).toMatchObject({ pid, hangs: 0, restarts: 0 });
  });

  it('serves who waits in order of arrival, and lets go who has waited too long', async () => {
    const { engine } = await start(60_000);
    const { pid } = engine.status();
    process.kill(pid!, 'SIGSTOP');

    const [first, impatient, third] = [soon(30_000), soon(30), soon(30_000)].map((deadlineMs, index) =>
      engine.predict([{ x: index }], deadlineMs),
    );
    await expect(impatient).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    process.kill(pid!, 'SIGCONT');

    expect((await Promise.all([first, third])).map((result) => result?.outcomes)).toEqual([
      [{ outputs: { y: 0 } }],
      [{ outputs: { y: 2 } }],
    ]);
  });
});
