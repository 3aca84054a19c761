import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { fakeModel, settle } from '../testing/fake-model.ts';
import { predictMany } from './predict-many.ts';

const endless = (): AsyncGenerator<number> & { readonly isClosed: boolean } => {
  const state = { isClosed: false };
  const rows = (async function* () {
    try {
      for (let row = 0; ; row += 1) yield row;
    } finally {
      state.isClosed = true;
    }
  })();
  return Object.defineProperty(rows, 'isClosed', { get: () => state.isClosed }) as never;
};

const sizes = { batchRows: 2, concurrency: 2 };

describe('leaving the loop', () => {
  it('ends the calls under way and closes the source', async () => {
    const rows = endless();
    const model = fakeModel((call) => call.rows[0] === 0 && call.answer());

    for await (const { of } of predictMany(model, rows, sizes)) if (of === 1) break;

    expect(rows.isClosed).toBe(true);
    expect(model.calls.map(({ rows: sent }) => sent)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(model.calls[1]!.options.signal?.aborted).toBe(true);
  });

  it('ends a next that waits', async () => {
    const rows = endless();
    const model = fakeModel(() => {});
    const iterator = predictMany(model, rows, sizes)[Symbol.asyncIterator]();
    const waiting = iterator.next();
    await settle();

    expect(await iterator.return?.()).toEqual({ done: true, value: undefined });

    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(rows.isClosed).toBe(true);
    expect(model.calls.every(({ options }) => options.signal?.aborted === true)).toBe(true);
  });

  it('before the first row reads and sends nothing', async () => {
    const rows = endless();
    const model = fakeModel();
    const iterator = predictMany(model, rows, sizes)[Symbol.asyncIterator]();

    await iterator.return?.();

    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(model.calls).toEqual([]);
  });
});

describe('the signal of predictMany', () => {
  it('aborted before: reads and sends nothing', async () => {
    let taken = 0;
    const rows = (function* () {
      yield (taken += 1);
    })();
    const model = fakeModel();

    await expect(predictMany(model, rows, { signal: AbortSignal.abort('gone') })).rejects.toMatchObject({
      code: 'ABORTED',
      cause: 'gone',
    });
    expect([taken, model.calls.length]).toEqual([0, 0]);
  });

  it.each(['throw', 'row'] as const)('ends the calls under way, with its reason, on %s', async (onError) => {
    const controller = new AbortController();
    const rows = endless();
    const model = fakeModel(() => {});
    const { signal } = controller;
    const options = { ...sizes, signal, onError } as { onError: 'throw' };
    const all = predictMany(model, rows, options).catch((error: unknown) => error);
    await settle();

    controller.abort('enough');

    expect(await all).toMatchObject({ name: 'AbortedError', code: 'ABORTED', cause: 'enough' });
    expect(model.calls).toHaveLength(2);
    expect(model.calls.every(({ options: call }) => call.signal?.aborted === true)).toBe(true);
    expect(rows.isClosed).toBe(true);
  });

  it('ends the wait for a source that gives no row', async () => {
    const controller = new AbortController();
    const rows = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<IteratorResult<number>>(() => {}) }) };
    const all = predictMany(fakeModel(), rows, { signal: controller.signal }).catch((error: unknown) => error);
    await settle();

    controller.abort();

    expect(await all).toMatchObject({ code: 'ABORTED' });
  });

  it('is not listened to afterwards, however it ended', async () => {
    const { signal } = new AbortController();
    const broken = fakeModel((call) => call.fail(new Error('no')));

    await predictMany(fakeModel(), [1, 2, 3], { ...sizes, signal });
    await predictMany(broken, [1, 2, 3], { ...sizes, signal }).catch(() => {});
    for await (const _ of predictMany(fakeModel(), [1, 2, 3], { ...sizes, signal })) break;

    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
