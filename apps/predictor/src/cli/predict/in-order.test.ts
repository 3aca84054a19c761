import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder } from './in-order.ts';

async function* numbers(count: number, onRead: (item: number) => void = () => undefined): AsyncGenerator<number> {
  for (let item = 0; item < count; item += 1) {
    onRead(item);
    yield item;
  }
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const small = { bytesAtOnce: 1, sizeBytesOf: () => 0 };
const never = new AbortController().signal;

describe('inOrder', () => {
  it('gives every result in the order of the items, whatever order they finish in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(5)),
        fc.integer({ min: 1, max: 5 }),
        fc.scheduler(),
        async (items, atOnce, scheduler) => {
          const source = numbers(items.length);
          let most = 0;
          let open = 0;
          const run = async (item: number): Promise<number> => {
            most = Math.max(most, (open += 1));
            await scheduler.schedule(Promise.resolve());
            open -= 1;
            return item * 2;
          };
          const all = collect(inOrder(source, run, { ...small, atOnce, signal: never }));
          expect(await scheduler.waitFor(all)).toEqual(items.map((_, index) => index * 2));
          expect(most).toBeLessThanOrEqual(atOnce);
        },
      ),
      { seed: 3, numRuns: 100 },
    );
  });

  it('reads no further ahead than what runs, while nobody takes results', async () => {
    const read: number[] = [];
    const results = inOrder(
      numbers(100, (item) => read.push(item)),
      (item) => Promise.resolve(item),
      { ...small, atOnce: 3, signal: never },
    );
    await results.next();
    expect(read.length).toBeLessThanOrEqual(5);
    await results.return(undefined);
  });

  it('reads nothing while what runs is large, and goes on once it is done', async () => {
    const read: number[] = [];
    const gates = Array.from({ length: 6 }, () => Promise.withResolvers<number>());
    const results = inOrder(
      numbers(6, (item) => read.push(item)),
      (item) => gates[item]!.promise,
      { atOnce: 4, bytesAtOnce: 10, sizeBytesOf: () => 6, signal: never },
    );
    const all = collect(results);
    for (const [item, gate] of gates.entries()) {
      await new Promise(setImmediate);
      expect(read).toHaveLength(Math.min(6, item + 2));
      gate.resolve(item);
    }
    expect(await all).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('gives a result while the next item is still to come', async () => {
    const { promise: later, resolve } = Promise.withResolvers<void>();
    const slow = (async function* () {
      yield 1;
      await later;
      yield 2;
    })();
    const results = inOrder(slow, (item) => Promise.resolve(item), { ...small, atOnce: 2, signal: never });
    expect(await results.next()).toEqual({ done: false, value: 1 });
    resolve();
    expect(await collect(results)).toEqual([2]);
  });

  it('finishes what runs and reads nothing more once it is told to end', async () => {
    const end = new AbortController();
    const read: number[] = [];
    const results = inOrder(
      numbers(100, (item) => read.push(item)),
      (item) => {
        if (item === 3) end.abort();
        return Promise.resolve(item);
      },
      { ...small, atOnce: 2, signal: end.signal },
    );
    expect(await collect(results)).toEqual([0, 1, 2, 3]);
    expect(read.length).toBeLessThanOrEqual(5);
  });

  it('gives what was read before reading failed, then the failure', async () => {
    const broken = (async function* () {
      yield 1;
      yield 2;
      throw new Error('cut off');
    })();
    const given: number[] = [];
    const all = (async () => {
      for await (const item of inOrder(broken, (one) => Promise.resolve(one), { ...small, atOnce: 4, signal: never }))
        given.push(item);
    })();
    await expect(all).rejects.toThrow('cut off');
    expect(given).toEqual([1, 2]);
  });

  it('ends with the failure of a run, after the results before it', async () => {
    const given: number[] = [];
    const run = (item: number): Promise<number> =>
      item === 2 ? Promise.reject(new Error('refused')) : Promise.resolve(item);
    const all = (async () => {
      for await (const item of inOrder(numbers(9), run, { ...small, atOnce: 4, signal: never })) given.push(item);
    })();
    await expect(all).rejects.toThrow('refused');
    expect(given).toEqual([0, 1]);
  });
});
