import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CsvColumns } from './csv-columns.ts';
import { readCsv } from './read-csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'web-single-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function rowsAtOnce(type: 'image' | 'text', table: string): Promise<number[]> {
  const file = join(folder, 'rows.csv');
  const rules = { signature: { input: { a: { type } }, output: {} }, keep: [], missing: [], onNote: () => undefined };
  const pieces = (async function* () {
    yield await Promise.resolve(Buffer.from(table));
  })();
  const counts: number[] = [];
  const readHeader = (names: readonly string[]): CsvColumns => new CsvColumns(file, names, rules);
  for await (const rows of readCsv(pieces, { file, separator: ',', readHeader })) counts.push(rows.length);
  return counts;
}

describe('readCsv', () => {
  it('reads as many rows at once as came', async () => {
    expect(await rowsAtOnce('text', `a\n${'x\n'.repeat(1000)}`)).toEqual([1000]);
  });

  it('holds few pictures at once, and few of large ones', async () => {
    for (const [name, sizeBytes] of [['small', 10] as const, ['large', 9 * 2 ** 20] as const]) {
      writeFileSync(join(folder, name), '');
      truncateSync(join(folder, name), sizeBytes);
    }
    expect(await rowsAtOnce('image', `a\n${'small\n'.repeat(40)}`)).toEqual([16, 16, 8]);
    expect(await rowsAtOnce('image', `a\n${'large\n'.repeat(5)}`)).toEqual([2, 2, 1]);
  });
});
