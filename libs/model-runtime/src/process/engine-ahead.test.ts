import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { engineModelOf } from '../engine-model.ts';
import { launchModel } from '../start/launch-model.ts';
import { fixtureModel, linear } from '../testing/fixture-model.ts';
import { EngineAhead } from './engine-ahead.ts';
import { EngineChild } from './engine-child.ts';

describe('EngineAhead', () => {
  const running: EngineChild[] = [];
  afterEach(async () => {
    for (const child of running) child.kill();
    await Promise.all(running.splice(0).map(({ ended }) => ended));
  });
  const launch = async (ahead: EngineAhead): Promise<EngineChild> => {
    const model = engineModelOf(fixtureModel('linear', linear));
    const sampleRows = [{ x: [0, 0, 0, 1] }];
    const limits = { loadTimeoutMs: 60_000, maxRssBytes: 2 ** 34, clock: systemClock };
    const { child } = await launchModel({ ...limits, model, sampleRows, ahead });
    running.push(child);
    return child;
  };

  it('is what the first model is loaded in', async () => {
    const ahead = EngineAhead.start({});
    const child = await launch(ahead);

    expect(await ahead.take()).toBeUndefined();
    expect(child.isGone).toBe(false);
  });

  it('is taken once', async () => {
    const ahead = EngineAhead.start({});
    const [first, second] = await Promise.all([ahead.take(), ahead.take()]);
    running.push(first!);

    expect(first!.pid).toBeGreaterThan(0);
    expect(second).toBeUndefined();
  });

  it.each(['has ended', 'could not be started'])('is replaced where it %s before it was wanted', async (how) => {
    const dead = await EngineChild.start({});
    dead.kill();
    await dead.ended;
    const starting = how === 'has ended' ? Promise.resolve(dead) : Promise.reject(new Error(how));

    expect((await launch(new EngineAhead(starting))).isGone).toBe(false);
  });
});
