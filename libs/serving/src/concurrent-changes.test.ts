import { describe, expect, it } from 'vitest';
import { createServing } from './serving.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { fakePackage } from './testing/fake-package.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { startedWith } from './testing/started-with.ts';

describe('changes of one model asked for at once', () => {
  async function setUpLoads() {
    const clock = new ManualClock();
    const engines: FakeEngine[] = [];
    const serving = createServing({
      packages: [],
      clock,
      startEngine: async () => {
        await new Promise<void>((resolve) => clock.schedule(resolve, 10));
        const engine = new FakeEngine({ clock });
        engines.push(engine);
        return startedWith(engine);
      },
    });
    return { clock, serving, engines };
  }

  it('bring up one engine for two loads', async () => {
    const { clock, serving, engines } = await setUpLoads();

    const loads = Promise.all([serving.bringUp([fakePackage()]), serving.bringUp([fakePackage()])]);
    await clock.advance(10);
    await clock.advance(10);

    expect(await loads).toEqual([[], []]);
    expect(engines.map(({ closed }) => closed)).toEqual([false]);
  });

  it('end with the last one asked for', async () => {
    const { clock, serving, engines } = await setUpLoads();

    const changes = Promise.all([serving.bringUp([fakePackage()]), serving.unload('doubler')]);
    await clock.advance(10);
    await changes;

    expect(serving.models.versions('doubler')).toMatchObject([{ state: { state: 'unloaded' } }]);
    expect(engines.map(({ closed }) => closed)).toEqual([true]);
  });
});
