import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvReader } from './csv-reader.ts';

function read(text: string, cuts: readonly number[] = [], separator = ',') {
  const reader = new CsvReader('rows.csv', separator);
  const ends = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((one, other) => one - other);
  const pieces = [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end));
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
}

const cellsOf = (text: string) => read(text).map(({ cells }) => cells);

describe('CsvReader', () => {
  it.each([
    [
      'LF and CRLF ends',
      'a,b\n1,2\r\n3,4',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'empty cells',
      'a,b\n,\n1,\n',
      [
        ['a', 'b'],
        ['', ''],
        ['1', ''],
      ],
    ],
    ['separators and line ends in quotes', '"a,1","b\r\n2"\n', [['a,1', 'b\r\n2']]],
    ['doubled quotes', '"say ""no""",2\n', [['say "no"', '2']]],
    ['a quote inside of a plain cell', '6" nail,2\n', [['6" nail', '2']]],
    ['a quoted empty cell on a line of its own', '""\nx\n', [[''], ['x']]],
    ['blank lines, as no record', 'a\n\n\r\nb\n', [['a'], ['b']]],
  ])('reads %s', (_, text, expected) => {
    expect(cellsOf(text)).toEqual(expected);
  });

  it('tells the line a record begins at, whatever line ends are in its quotes', () => {
    expect(read('a\n"1\n2"\n\n3\n').map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  it('names a record whose quotes are wrong and goes on at the next line', () => {
    const records = read('a,b\n"x"y,1\nz,2\n');
    expect(records.map(({ line, problem }) => [line, problem])).toEqual([
      [1, undefined],
      [2, 'text follows a closing quote: double a quote inside of a cell'],
      [3, undefined],
    ]);
    expect(read('a\n"b')).toMatchObject([{ line: 1 }, { line: 2, problem: 'a quote is not closed' }]);
  });

  it('refuses a record without end before it fills the memory', () => {
    const reader = new CsvReader('rows.csv');
    reader.push('a\n"');
    expect(() => reader.push('x'.repeat(9 * 2 ** 20))).toThrow(
      /rows.csv line 2: a record of more than 8388608 characters/,
    );
  });

  it('reads back what RFC 4180 writes, wherever the pieces are cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'é') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        table,
        fc.array(fc.nat(), { maxLength: 8 }),
        fc.constantFrom(',', ';'),
        fc.constantFrom('\n', '\r\n'),
        (rows, cuts, separator, end) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const text = rows.map((cells) => cells.map(quoted).join(separator) + end).join('');
          expect(read(text, cuts, separator).map(({ cells }) => cells)).toEqual(rows);
        },
      ),
      { seed: 7, numRuns: 400 },
    );
  });

  it('reads the same records from any text, wherever the pieces are cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\n', '\r'), maxLength: 30 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 6 }), (whole, cuts) => {
        expect(read(whole, cuts)).toEqual(read(whole));
      }),
      { seed: 11, numRuns: 1000 },
    );
  });
});
