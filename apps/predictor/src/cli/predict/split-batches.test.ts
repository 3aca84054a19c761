import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InputRow } from './input-row.ts';
import { splitBatches } from './split-batches.ts';

async function* pieces(...sizes: readonly (readonly number[])[]): AsyncGenerator<InputRow[]> {
  for (const piece of sizes)
    yield piece.map((sizeBytes) => ({ place: { file: 'x' }, value: sizeBytes, kept: {}, sizeBytes }));
}

async function sizesOf(source: AsyncGenerator<InputRow[]>, maxRows: number, maxBytes: number): Promise<number[][]> {
  const batches: number[][] = [];
  for await (const batch of splitBatches(source, { maxRows, maxBytes, callsAtOnce: 1 }))
    batches.push(batch.map(({ sizeBytes }) => sizeBytes));
  return batches;
}

describe('splitBatches', () => {
  it('cuts at the most rows and at the most bytes', async () => {
    expect(await sizesOf(pieces([1, 1, 1, 1, 1]), 2, 100)).toEqual([[1, 1], [1, 1], [1]]);
    expect(await sizesOf(pieces([40, 50, 20, 200, 1]), 9, 100)).toEqual([[40, 50], [20], [200], [1]]);
  });

  it('passes on at once what has come, without waiting for a full call', async () => {
    expect(await sizesOf(pieces([1], [1, 1], [1]), 512, 100)).toEqual([[1], [1, 1], [1]]);
  });

  it('loses no row and changes no order', async () => {
    const sizes = fc.array(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }));
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 50 }),
        async (given, maxRows, maxBytes) => {
          const batches = await sizesOf(pieces(...given), maxRows, maxBytes);
          expect(batches.flat()).toEqual(given.flat());
          const sum = (batch: readonly number[]): number => batch.reduce((total, size) => total + size, 0);
          expect(
            batches.every((batch) => batch.length <= maxRows && (batch.length === 1 || sum(batch) <= maxBytes)),
          ).toBe(true);
        },
      ),
      { seed: 5 },
    );
  });
});
