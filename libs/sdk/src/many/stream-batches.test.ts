import { describe, expect, it } from 'vitest';
import { fakeModel, settle } from '../testing/fake-model.ts';
import { BatchCalls } from './batch-calls.ts';
import { BatchReader } from './batch-reader.ts';
import { predictMany } from './predict-many.ts';
import { RunScope } from './run-scope.ts';
import { streamBatches } from './stream-batches.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, row) => row);

describe('a large concurrency', () => {
  it('begins no more than there are batches, and one that finds the end', async () => {
    const sizes = { batchRows: 1 };
    const reader = new BatchReader([0, 1, 2], sizes);
    let reads = 0;
    const counted = {
      get isEnded() {
        return reader.isEnded;
      },
      read: () => ((reads += 1), reader.read()),
      close: () => reader.close(),
    };
    const calls = new BatchCalls(fakeModel(), {}, { sizes, totalRows: 3 });

    const answers: unknown[] = [];
    const options = { concurrency: 1000, scope: new RunScope(undefined) };
    for await (const answer of streamBatches(counted as BatchReader, calls, options)) answers.push(answer);

    expect(answers).toHaveLength(3);
    expect(reads).toBe(4);
  });

  it('has all of them under way, each with a signal of its own', async () => {
    const model = fakeModel(() => {});
    const iterator = predictMany(model, numbers(1000), { batchRows: 1, concurrency: 1000 })[Symbol.asyncIterator]();
    const waiting = iterator.next();
    await settle();

    const signals = model.calls.map(({ options }) => options.signal);
    expect(new Set(signals).size).toBe(1000);
    await iterator.return?.();
    expect(signals.every((signal) => signal?.aborted === true)).toBe(true);
    expect((await waiting).done).toBe(true);
  });

  it('gives what is answered while the source still owes a row', async () => {
    const source = (async function* () {
      yield 0;
      await new Promise(() => {});
    })();

    const iterator = predictMany(fakeModel(), source, { batchRows: 1, concurrency: 9 })[Symbol.asyncIterator]();

    expect(await iterator.next()).toEqual({ done: false, value: { of: 0 } });
  });
});
