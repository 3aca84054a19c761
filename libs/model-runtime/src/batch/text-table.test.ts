import type { Row } from '@web-single/tensor';
import { describe, expect, it } from 'vitest';
import type { Session, Tensors } from '../session/session.ts';
import { TextTable } from './text-table.ts';

const names = ['city', 'size'];
const row = (city: string, size = 'M'): Row => ({ city, size, length: 3 });

/** Gives the lengths of both texts; counts its runs. */
class LengthSession implements Session {
  readonly inputs = names.map((name) => ({ name, dtype: 'string' as const, dims: [null, 1] }));
  readonly outputs = [{ name: 'lengths', dtype: 'float32' as const, dims: [null, 2] }];
  readonly runs: number[] = [];
  readonly #mixesRows: boolean;

  constructor(mixesRows = false) {
    this.#mixesRows = mixesRows;
  }

  run(feeds: Tensors): Promise<Tensors> {
    const columns = names.map((name) => feeds[name]!.data as readonly string[]);
    const count = columns[0]!.length;
    this.runs.push(count);
    const added = this.#mixesRows ? count : 0;
    const data = Float32Array.from({ length: count * 2 }, (_, at) => columns[at % 2]![at >> 1]!.length + added);
    return Promise.resolve({ lengths: { dtype: 'float32', shape: [count, 2], data } });
  }

  release(): Promise<void> {
    return Promise.resolve();
  }
}

const lengthsOf = (outputs: Tensors | undefined) => outputs && [...(outputs['lengths']!.data as Float32Array)];

describe('TextTable', () => {
  it('runs each combination of texts once, and answers it from then on', async () => {
    const session = new LengthSession();
    const table = new TextTable(session);

    expect(lengthsOf(await table.outputsFor([row('Oslo'), row('Bergen'), row('Oslo')]))).toEqual([4, 1, 6, 1, 4, 1]);
    expect(session.runs).toEqual([2, 1, 1]);
    expect(lengthsOf(await table.outputsFor([row('Bergen'), row('Oslo')]))).toEqual([6, 1, 4, 1]);
    expect(lengthsOf(await table.outputsFor([row('Bergen', 'XL')]))).toEqual([6, 2]);
    expect(session.runs).toEqual([2, 1, 1, 1, 1]);
  });

  it('keeps texts apart that look the same when joined', async () => {
    const table = new TextTable(new LengthSession());

    expect(lengthsOf(await table.outputsFor([row('a', 'bc'), row('ab', 'c'), row('a","b', 'c')]))).toEqual([
      1, 2, 2, 1, 5, 1,
    ]);
  });

  it('learns the same combination once where two calls come at the same time', async () => {
    const table = new TextTable(new LengthSession());

    const answers = await Promise.all([
      table.outputsFor([row('Oslo')]),
      table.outputsFor([row('Oslo'), row('Bergen')]),
    ]);

    expect(answers.map(lengthsOf)).toEqual([
      [4, 1],
      [4, 1, 6, 1],
    ]);
  });

  it('keeps a bounded number of combinations, and answers those it has', async () => {
    const table = new TextTable(new LengthSession());
    const many = Array.from({ length: 1024 }, (_, index) => row(`city ${index}`));

    expect(lengthsOf(await table.outputsFor(many))).toHaveLength(2048);
    expect(await table.outputsFor([row('one more')])).toBeUndefined();
    expect(lengthsOf(await table.outputsFor([row('city 7')]))).toEqual([6, 1]);
  });

  it.each([[{ city: 'Oslo' }], [{ city: 'Oslo', size: null }], [{ city: 'Oslo', size: 3 }], [row('x'.repeat(257))]])(
    'has nothing for %j',
    async (odd: Row) => {
      const session = new LengthSession();

      expect(await new TextTable(session).outputsFor([row('Oslo'), odd])).toBeUndefined();
      expect(session.runs).toEqual([]);
    },
  );

  it('has nothing more for a graph that mixes rows', async () => {
    const table = new TextTable(new LengthSession(true));

    expect(await table.outputsFor([row('Oslo'), row('Bergen')])).toBeUndefined();
    expect(await table.outputsFor([row('Oslo')])).toBeUndefined();
  });
});
