import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { echo, fakeModel, settle } from '../testing/fake-model.ts';
import type { FakeCall } from '../testing/fake-model.ts';
import { createPredictor } from '../create-predictor.ts';
import { predictMany } from './predict-many.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const predictionsOf = (rows: readonly number[]): { of: number }[] => rows.map((row) => ({ of: row }));

/** Rows that note how many were taken, and whether they were told to stop. */
function countedRows(count: number): AsyncIterable<number> & { taken: number; isClosed: boolean } {
  const rows = {
    taken: 0,
    isClosed: false,
    async *[Symbol.asyncIterator]() {
      try {
        while (rows.taken < count) yield (rows.taken += 1) - 1;
      } finally {
        rows.isClosed = true;
      }
    },
  };
  return rows;
}

describe('predictMany, awaited', () => {
  it('refuses promises in an array: they are no rows', async () => {
    const iris = createPredictor({ baseUrl: 'http://127.0.0.1:9' }).model('iris');

    await expect(predictMany(iris, [Promise.resolve({})])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('splits rows into batches and joins their predictions', async () => {
    const model = fakeModel();

    expect(await predictMany(model, numbers(10), { batchRows: 4 })).toEqual(predictionsOf(numbers(10)));
    expect(model.calls.map(({ rows }) => rows)).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
  });

  it('sends batches of 64, two at a time, where nothing is said', async () => {
    const model = fakeModel(() => {});

    const all = predictMany(model, numbers(200)).then((predictions) => predictions);
    await settle();

    expect(model.calls.map(({ rows }) => rows.length)).toEqual([64, 64]);
    for (const step of [0, 1, 2, 3]) {
      model.calls[step]!.answer();
      await settle();
    }
    expect(await all).toHaveLength(200);
  });

  it('keeps the order of the rows whatever the order of the answers', async () => {
    const model = fakeModel(() => {});

    const all = predictMany(model, numbers(6), { batchRows: 2, concurrency: 3 }).then((predictions) => predictions);
    await settle();
    for (const call of [...model.calls].reverse()) call.answer();

    expect(await all).toEqual(predictionsOf(numbers(6)));
  });

  it('takes arrays, sets, generators, async generators and streams', async () => {
    const given = [1, 2, 3];
    const sources = [
      given,
      new Set(given),
      given.values(),
      (async function* () {
        yield* given;
      })(),
      new ReadableStream<number>({
        start: (controller) => {
          for (const row of given) controller.enqueue(row);
          controller.close();
        },
      }) as unknown as AsyncIterable<number>,
    ];

    for (const rows of sources) {
      expect(await predictMany(fakeModel(), rows, { batchRows: 2 })).toEqual(predictionsOf(given));
    }
  });

  it('gives nothing for no rows, and asks nobody', async () => {
    const model = fakeModel();

    expect(await predictMany(model, [])).toEqual([]);
    expect(model.calls).toEqual([]);
  });

  it('passes the options of predict on, and its own not', async () => {
    const model = fakeModel();

    await predictMany(model, [1], { version: '2', timeoutMs: 5, retries: 1, headers: { a: 'b' }, batchRows: 1 });

    const { signal, ...options } = model.calls[0]!.options;
    expect(signal).toBeInstanceOf(AbortSignal);
    expect(options).toEqual({ version: '2', timeoutMs: 5, retries: 1, headers: { a: 'b' } });
  });

  it('tells how far it is', async () => {
    const told: unknown[] = [];
    const onProgress = (progress: unknown): number => told.push(progress);

    await predictMany(fakeModel(), numbers(3), { batchRows: 2, onProgress });
    await predictMany(fakeModel(), numbers(1).values(), { onProgress });

    expect(told).toEqual([
      { doneRows: 2, failedRows: 0, totalRows: 3 },
      { doneRows: 3, failedRows: 0, totalRows: 3 },
      { doneRows: 1, failedRows: 0, totalRows: undefined },
    ]);
  });

  it('refuses sizes that cannot be, all at once, and what is no rows', async () => {
    const model = fakeModel();
    const image = new Uint8Array(3);

    await expect(predictMany(model, [1], { batchRows: 0, concurrency: 1.5 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message:
        'The options of predictMany cannot be: "batchRows" must be a whole number from 1, got 0; "concurrency" must be a whole number from 1, got 1.5.',
    });
    for (const rows of [image, 'text', { island: 'Dream' }]) {
      await expect(predictMany(model, rows as never)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    expect(model.calls).toEqual([]);
  });
});

describe('predictMany, gone through', () => {
  it('gives every prediction in order, in bounded memory, for any sizes', async () => {
    const size = fc.integer({ min: 1, max: 7 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 60 }), size, size, fc.infiniteStream(fc.nat(3)), async (...drawn) => {
        const [count, batchRows, concurrency, delays] = drawn;
        let running = 0;
        const answerLater = async (call: FakeCall): Promise<void> => {
          expect((running += 1)).toBeLessThanOrEqual(concurrency);
          for (let turns = delays.next().value as number; turns > 0; turns -= 1) await settle();
          running -= 1;
          call.answer();
        };
        const model = fakeModel((call) => void answerLater(call));
        const rows = countedRows(count);
        const seen: unknown[] = [];

        for await (const prediction of predictMany(model, rows, { batchRows, concurrency })) {
          expect(rows.taken - seen.length).toBeLessThanOrEqual(batchRows * concurrency);
          seen.push(prediction);
        }

        expect(seen).toEqual(predictionsOf(numbers(count)));
        expect(model.calls.every((call) => call.rows.length <= batchRows)).toBe(true);
      }),
      { seed: 29, numRuns: 60 },
    );
  });

  it('reads nothing before, and no more than may wait behind a consumer that stops', async () => {
    const rows = countedRows(1000);
    const predictions = predictMany(fakeModel(), rows, { batchRows: 5, concurrency: 3 });
    await settle();
    expect(rows.taken).toBe(0);

    const iterator = predictions[Symbol.asyncIterator]();
    await iterator.next();
    await settle();

    expect(rows.taken).toBe(15);
    await iterator.return?.();
  });

  it('gives what is answered while the source owes the next rows', async () => {
    const rows = (async function* () {
      yield* [1, 2];
      await new Promise(() => {});
    })();

    const iterator = predictMany(fakeModel(), rows, { batchRows: 2, concurrency: 2 })[Symbol.asyncIterator]();

    expect(await iterator.next()).toEqual({ done: false, value: { of: 1 } });
    expect(await iterator.next()).toEqual({ done: false, value: { of: 2 } });
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
  });

  it('is read once: awaiting again gives the same, going through it again is refused', async () => {
    const model = fakeModel();
    const predictions = predictMany(model, [1]);

    expect(await predictions).toBe(await predictions.finally(() => {}));
    expect(model.calls).toHaveLength(1);
    expect(() => predictions[Symbol.asyncIterator]()).toThrow('call predictMany again');

    const gone = predictMany(model, [1]);
    for await (const _ of gone);
    expect(await gone.catch((error: unknown) => error)).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('answers by row with the outcome of each', async () => {
    const model = fakeModel((call) => call.answer(echo(call)));

    expect(await predictMany(model, [5, 6], { batchRows: 1, onError: 'row' })).toEqual([
      { ok: true, row: 0, prediction: { of: 5 } },
      { ok: true, row: 1, prediction: { of: 6 } },
    ]);
  });
});
