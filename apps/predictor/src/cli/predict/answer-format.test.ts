import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signature } from '@web-single/signature';
import type { AnsweredRow } from './answer-columns.ts';
import { createFormat, outputKind, type OutputKind } from './answer-format.ts';
import { CsvReader } from './csv-reader.ts';

const signature: Signature = {
  input: {},
  output: {
    label: { type: 'category', values: ['Adelie', 'Gentoo'] },
    probabilities: { type: 'scores', of: 'label' },
    vector: { type: 'tensor', dtype: 'float32', dims: [2], optional: true },
  },
};
const answered = (label: string, kept = {}): AnsweredRow => ({
  kept,
  outputs: { label, probabilities: { Adelie: 0.123456789, Gentoo: 0.876543211 }, vector: [1, 2] },
});
const write = (
  kind: OutputKind,
  rows: readonly AnsweredRow[],
  kept: readonly string[] = [],
  hasColors = false,
): string => {
  const format = createFormat(kind, { signature, kept, hasColors });
  return rows.map((row) => format.rows([row])).join('') + format.end();
};

describe('CSV', () => {
  it('has a column a label, in the order of the labels, and arrays as JSON', () => {
    expect(write('csv', [answered('Adelie')])).toBe(
      'label,probabilities.Adelie,probabilities.Gentoo,vector\nAdelie,0.123456789,0.876543211,"[1,2]"\n',
    );
  });

  it('names its columns also where no row has an answer', () => {
    expect(write('csv', [])).toBe('label,probabilities.Adelie,probabilities.Gentoo,vector\n');
  });

  it('writes what is passed on first; under the name of an output, as input.NAME', () => {
    const [header, row] = write('csv', [answered('Adelie', { id: 'a,"1"', label: 'Gentoo' })], ['id', 'label']).split(
      '\n',
    );
    expect(header).toMatch(/^id,input\.label,label,/);
    expect(row).toMatch(/^"a,""1""",Gentoo,Adelie,/);
  });

  it.each(['csv', 'ndjson'] as const)('loses nothing of what is passed on where its names look alike: %s', (kind) => {
    const text = write(
      kind,
      [answered('Adelie', { label: 'first', 'input.label': 'second' })],
      ['label', 'input.label'],
    );
    expect(text).toContain('first');
    expect(text).toContain('second');
    expect(text).toContain('input.input.label');
  });

  it('reads back as what was passed on, whatever that is', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (texts) => {
        const only: Signature = { input: {}, output: {} };
        const format = createFormat('csv', { signature: only, kept: ['text'], hasColors: false });
        const text = format.rows(texts.map((kept) => ({ kept: { text: kept }, outputs: {} }))) + format.end();
        const reader = new CsvReader('x');
        expect([...reader.push(text), ...reader.end()].map(({ cells }) => cells)).toEqual([
          ['text'],
          ...texts.map((one) => [one]),
        ]);
      }),
      { seed: 2 },
    );
  });
});

describe('NDJSON', () => {
  it('is one object a line: what is passed on, then the outputs as the server writes them', () => {
    expect(write('ndjson', [answered('Adelie', { id: 7 })], ['id'])).toBe(
      '{"id":7,"label":"Adelie","probabilities":{"Adelie":0.123456789,"Gentoo":0.876543211},"vector":[1,2]}\n',
    );
  });

  it('prints integers beyond 2^53 exactly', () => {
    const format = createFormat('ndjson', { signature, kept: [], hasColors: false });
    expect(format.rows([{ kept: {}, outputs: { id: 9007199254740993n } }])).toBe('{"id":9007199254740993}\n');
  });
});

describe('a table', () => {
  it('aligns columns and shows numbers to four digits', () => {
    expect(write('table', [answered('Adelie', { id: 'a' }), answered('Gentoo', { id: 'long name' })], ['id'])).toBe(
      [
        'id         label   probabilities.Adelie  probabilities.Gentoo  vector',
        'a          Adelie                0.1235                0.8765  [1,2]',
        'long name  Gentoo                0.1235                0.8765  [1,2]',
        '',
      ].join('\n'),
    );
  });

  it('stands upright where there is one row', () => {
    expect(write('table', [answered('Adelie')])).toMatch(/^label {17}Adelie\nprobabilities\.Adelie {2}0\.1235\n/);
  });

  it('holds back a hundred rows at most', () => {
    const format = createFormat('table', { signature, kept: [], hasColors: false });
    expect(format.rows(Array.from({ length: 99 }, () => answered('Adelie')))).toBe('');
    expect(format.rows([answered('Adelie')]).split('\n')).toHaveLength(102);
    expect(format.rows([answered('Adelie')]).split('\n')).toHaveLength(2);
  });

  it('lets no text move the cursor, and has colours only where they are wanted', () => {
    const rows = [answered('Adelie', { id: 'a\u001b[2J\nb' }), answered('Adelie', { id: 'c' })];
    expect(write('table', rows, ['id'])).not.toContain('\u001b');
    expect(write('table', rows, ['id'], true)).toContain('\u001b[1m');
  });
});

describe('outputKind', () => {
  it.each<[OutputKind | undefined, string | undefined, boolean, OutputKind]>([
    [undefined, undefined, true, 'table'],
    [undefined, undefined, false, 'ndjson'],
    [undefined, 'answers.csv', true, 'csv'],
    [undefined, 'answers.jsonl', true, 'ndjson'],
    [undefined, 'answers', true, 'ndjson'],
    ['csv', 'answers.ndjson', false, 'csv'],
  ])('said %s, to the file %s, on a terminal: %s, is %s', (said, file, isTerminal, expected) => {
    expect(outputKind(said, file, isTerminal)).toBe(expected);
  });
});
