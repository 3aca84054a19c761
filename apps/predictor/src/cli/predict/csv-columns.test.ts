import { describe, expect, it } from 'vitest';
import type { Signature } from '@web-single/signature';
import { CsvColumns } from './csv-columns.ts';

const signature: Signature = {
  input: {
    island: { type: 'category', values: ['Dream'] },
    mass: { type: 'number', optional: true },
    sex: { type: 'text', optional: true },
  },
  output: {},
};

function columnsOf(names: readonly string[], keep: readonly string[] = [], missing: readonly string[] = []) {
  const notes: string[] = [];
  return {
    notes,
    columns: new CsvColumns('rows.csv', names, { signature, keep, missing, onNote: (note) => notes.push(note) }),
  };
}

describe('CsvColumns', () => {
  it('makes a row of the cells, in the types of their fields, and keeps what is passed on', async () => {
    const { columns, notes } = columnsOf(['id', 'mass', 'island', 'sex'], ['id'], ['NA']);
    expect(await columns.rowOf('rows.csv', { line: 2, cells: ['x', '3800', 'Dream', 'NA'] })).toMatchObject({
      place: { file: 'rows.csv', line: 2 },
      value: { mass: 3800, island: 'Dream', sex: null },
      kept: { id: 'x' },
    });
    expect(notes).toEqual([]);
  });

  it('says once which columns are not sent, which are missing, and what was probably meant', () => {
    expect(columnsOf(['island', 'mas', 'sex']).notes).toEqual([
      'rows.csv: "mas" no field of the model and not sent; --keep passes columns on. Was "mas" meant to be "mass"?',
      'rows.csv: without "mass": sent as missing.',
    ]);
  });

  it('refuses names that do not fit, all problems at once', () => {
    expect(() => columnsOf(['iland', 'mass', 'mass'], ['idd'])).toThrow(
      'rows.csv line 1: two columns are named "mass"; column "island" is missing (did you mean "iland"?); --keep names "idd", which is no column. The columns are "iland", "mass", "mass".',
    );
    expect(() => columnsOf(['island;mass'])).toThrow('Is it separated by something else than commas? Say --separator.');
  });

  it.each([
    [['a', 'b b'], [], "if they are these columns in this order, say so: --columns 'a,b b'"],
    [['a', 'b', 'id'], ['id'], 'say so: --columns a,b'],
    [['a', 'b', 'id'], [], 'say which columns they are, in order: --columns a,b,c.'],
  ])('of a model that takes 2 numbers without names, and columns %j, names --columns', (names, keep, hint) => {
    const matrix: Signature = { input: { X: { type: 'tensor', dtype: 'float32', dims: [2] } }, output: {} };
    const rules = { signature: matrix, unnamedColumns: 2, keep, missing: [], onNote: () => undefined };
    expect(() => new CsvColumns('rows.csv', names, rules)).toThrow(hint);
    expect(() => new CsvColumns('rows.csv', ['a'], { ...rules, keep: [] })).toThrow(/The columns are "a"\.$/);
    expect(() => new CsvColumns('rows.csv', names, { ...rules, unnamedColumns: undefined })).toThrow(/"\.$/);
  });

  it.each([
    [['Dream'], '1: "mass" missing'],
    [['Dream', '1', 'x'], '3: no column for "x"'],
  ])('tells a record %j of another length by what is missing or too much', async (cells, got) => {
    const { columns } = columnsOf(['island', 'mass']);
    expect((await columns.rowOf('rows.csv', { line: 7, cells })).problem).toEqual({
      field: '',
      expected: '2 cells',
      got,
    });
  });
});
