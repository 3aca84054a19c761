import { describe, expect, it } from 'vitest';
import { createServing } from './serving.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { fakePackage } from './testing/fake-package.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { startedWith } from './testing/started-with.ts';

async function setUp() {
  const clock = new ManualClock();
  const serving = createServing({
    packages: [fakePackage()],
    clock,
    startEngine: () => Promise.resolve(startedWith(new FakeEngine({ clock }))),
  });
  const expectation = serving.expect();
  await serving.load();
  const call = (request: object) => {
    const answer = serving.predict({ rows: [{ x: 1 }], deadlineMs: 1e9, ...request }).catch((error: unknown) => error);
    return clock.advance(200).then(() => answer);
  };
  return { serving, expectation, call };
}

describe('models that are still to come', () => {
  it('keep the server from being ready, and from having started until they were attempted', async () => {
    const { serving, expectation } = await setUp();
    expect([serving.isStarted, serving.isReady]).toEqual([false, false]);
    expectation.tried();
    expect([serving.isStarted, serving.isReady]).toEqual([true, false]);
    expectation.fulfil();
    expect([serving.isStarted, serving.isReady]).toEqual([true, true]);
  });

  it('make no name and no version unknown', async () => {
    const { expectation, call } = await setUp();
    const requests = [{ model: 'other' }, { model: 'doubler', version: '2' }];
    for (const request of requests) expect(await call(request)).toMatchObject({ code: 'MODEL_NOT_READY' });
    expectation.fulfil();
    for (const request of requests) expect(await call(request)).toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });

  it('are never stood in for by the one model that is there', async () => {
    const { expectation, call } = await setUp();
    expect(await call({})).toMatchObject({ code: 'MODEL_NOT_READY', retryAfterMs: 1000 });
    expect(await call({ model: 'doubler' })).toMatchObject({ model: { name: 'doubler' } });
    expectation.fulfil();
    expect(await call({})).toMatchObject({ model: { name: 'doubler' } });
  });
});
