import { describe, expect, it } from 'vitest';
import { retry } from './retry.ts';
import { SourceError } from './source-error.ts';

function setUp(failures: readonly unknown[], random = () => 0) {
  const waits: number[] = [];
  const controller = new AbortController();
  const left = [...failures];
  const done = retry(() => (left.length > 0 ? Promise.reject(left.shift()) : Promise.resolve('active')), {
    clock: { schedule: (callback, delayMs) => (waits.push(delayMs), queueMicrotask(callback), () => undefined) },
    random,
    signal: controller.signal,
    onFailure: () => undefined,
  });
  return { waits, done, controller };
}

describe('retry', () => {
  it('waits 1 s and then twice as long each time, a minute at most', async () => {
    const { waits, done } = setUp(Array.from({ length: 9 }, () => new Error('down')));
    expect(await done).toBe('active');
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('spreads the attempts of several servers over half of the wait', async () => {
    const { waits, done } = setUp([new Error('down'), new Error('down')], () => 0.5);
    await done;
    expect(waits).toEqual([750, 1500]);
  });

  it('leaves a source alone for as long as it asks', async () => {
    const { waits, done } = setUp([new SourceError('throttled', 'later', { retryAfterMs: 7000 })]);
    await done;
    expect(waits).toEqual([7000]);
  });

  it('ends in the middle of a wait', async () => {
    const controller = new AbortController();
    const done = retry(() => Promise.reject(new Error('down')), {
      clock: { schedule: () => () => undefined },
      random: () => 0,
      signal: controller.signal,
      onFailure: () => controller.abort(new Error('given up')),
    });
    await expect(done).rejects.toThrow('given up');
  });
});
