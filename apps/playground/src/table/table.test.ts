import { InputMismatchError, ResponseError } from '@web-single/sdk';
import { describe, expect, it } from 'vitest';
import type { InputFields, JsonRow, OutputFields } from '../server/model-description.ts';
import { matchColumns } from './match-columns.ts';
import { predictRows } from './predict-rows.ts';
import type { RowOutcome } from './predict-rows.ts';
import { readCsv } from './read-csv.ts';
import { rowOfRecord } from './row-of-record.ts';
import { sampleCsv } from './sample-csv.ts';
import { tableHint } from './table-hint.ts';
import { writeCsv } from './write-csv.ts';

const fields: InputFields = {
  island: { type: 'category', values: ['Dream', 3] },
  bill_length_mm: { type: 'number', optional: true },
  wild: { type: 'boolean', optional: true },
  at: { type: 'tensor', dtype: 'float32', dims: [2], optional: true },
};

const rowOf = (source: string): JsonRow => {
  const { columns, records } = readCsv(source);
  return rowOfRecord(records[0]!, matchColumns(columns, fields).columnOf, fields);
};

describe('reading a CSV', () => {
  it('is explained with a cell that can be copied, where a field is a tensor', () => {
    expect(tableHint(fields)).toContain('Write at as JSON, in quotes: "[0,0]".');
    expect(tableHint({ at: { type: 'tensor', dtype: 'float32', dims: [300, 300] } })).toContain('"[1, 2, …]"');
    expect(tableHint({ at: { type: 'tensor', dtype: 'float32', dims: [40] } })).toContain('"[1, 2, …]"');
    expect(tableHint({ wild: { type: 'boolean' } })).not.toContain('JSON');
  });

  it('takes commas, semicolons and tabs, quotes, a byte order mark and empty lines', () => {
    const expected = {
      columns: ['a', 'b'],
      records: [
        ['1', 'x y'],
        ['2', ''],
      ],
    };

    expect(readCsv('\uFEFF"a",b\r\n1,"x y"\r\n\r\n2,\r\n')).toEqual(expected);
    expect(readCsv('a;b\n1;x y\n2;\n')).toEqual(expected);
    expect(readCsv('a\tb\n1\tx y\n2\t')).toEqual(expected);
  });

  it('takes a single column, a header alone, and nothing', () => {
    expect(readCsv('text\nhello\nworld')).toEqual({ columns: ['text'], records: [['hello'], ['world']] });
    expect(readCsv('a,b\n')).toEqual({ columns: ['a', 'b'], records: [] });
    expect(readCsv('  \n')).toEqual({ columns: [], records: [] });
  });

  it('keeps quoted commas, quotes and line breaks', () => {
    expect(readCsv('a,b\n"1,5","say ""hi""\nthere"\n').records).toEqual([['1,5', 'say "hi"\nthere']]);
  });
});

describe('matching columns', () => {
  it('goes by name, whatever the case and the spaces', () => {
    const match = matchColumns(['Bill Length mm', 'ISLAND', 'note'], fields);

    expect(match).toEqual({ columnOf: { bill_length_mm: 0, island: 1 }, ignored: ['note'], missing: [], repeated: [] });
  });

  it('names required fields that have no column, and columns that are there twice', () => {
    expect(matchColumns(['wild', 'wild'], fields)).toMatchObject({ missing: ['island'], repeated: ['wild'] });
  });
});

describe('a row of a record', () => {
  it('has the types of the fields', () => {
    expect(rowOf('island,bill_length_mm,wild,at\n3,-1.5e2,TRUE,"[1, 2]"')).toEqual({
      island: 3,
      bill_length_mm: -150,
      wild: true,
      at: [1, 2],
    });
  });

  it('leaves out what is empty', () => {
    expect(rowOf('island,bill_length_mm,wild\nDream,,')).toEqual({ island: 'Dream' });
  });

  it('sends what does not fit as it is, so that the server says why', () => {
    expect(rowOf('island,bill_length_mm,wild\nJava,"39,1",maybe')).toEqual({
      island: 'Java',
      bill_length_mm: '39,1',
      wild: 'maybe',
    });
  });
});

/** A server that doubles `x` and refuses rows without one, all of a call at once. */
async function double(rows: readonly JsonRow[]): Promise<JsonRow[]> {
  const details = rows.flatMap(({ x }, row) =>
    typeof x === 'number' ? [] : [{ row, field: 'x', expected: 'number', got: 'nothing' }],
  );
  if (details.length > 0) throw new InputMismatchError('INPUT_MISMATCH', 'Wrong rows.', { details });
  return rows.map(({ x }) => ({ y: (x as number) * 2 }));
}

async function outcomesOf(rows: readonly JsonRow[], chunkRows: number): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = [];
  for await (const chunk of predictRows(rows, { predict: double, chunkRows })) {
    expect(chunk.from).toBe(outcomes.length);
    outcomes.push(...chunk.outcomes);
  }
  return outcomes;
}

describe('predicting rows', () => {
  it('keeps the order over chunks, and a wrong row costs its neighbours nothing', async () => {
    const outcomes = await outcomesOf([{ x: 1 }, {}, { x: 3 }, { x: 4 }, { x: 5 }], 2);

    expect(outcomes).toMatchObject([
      { prediction: { y: 2 } },
      { problems: [{ field: 'x' }] },
      { prediction: { y: 6 } },
      { prediction: { y: 8 } },
      { prediction: { y: 10 } },
    ]);
  });

  it('does not ask again for a chunk of wrong rows alone', async () => {
    let calls = 0;
    const predict = (rows: readonly JsonRow[]) => ((calls += 1), double(rows));
    for await (const { outcomes } of predictRows([{}, {}], { predict, chunkRows: 2 })) {
      expect(outcomes).toHaveLength(2);
    }

    expect(calls).toBe(1);
  });

  it('ends with any other error', async () => {
    const predict = async () => {
      throw new ResponseError('OVERLOADED', 'Too much.');
    };

    await expect(predictRows([{ x: 1 }], { predict, chunkRows: 1 }).next()).rejects.toMatchObject({
      code: 'OVERLOADED',
    });
  });

  it('ends where a refusal names no row that was sent, instead of asking for ever', async () => {
    const predict = async () => {
      throw new InputMismatchError('INPUT_MISMATCH', 'All wrong.', { details: [] });
    };

    await expect(predictRows([{}], { predict, chunkRows: 1 }).next()).rejects.toMatchObject({ code: 'INPUT_MISMATCH' });
  });
});

describe('writing a CSV', () => {
  const outputs: OutputFields = {
    label: { type: 'category', values: ['a', 'b'] },
    p: { type: 'scores', of: 'label' },
    island: { type: 'text' },
  };

  it('adds a column per output, one per score, and the errors', () => {
    const csv = { columns: ['island'], records: [['Dream'], ['Java']] };
    const outcomes: RowOutcome[] = [
      { prediction: { label: 'a', p: { a: 0.5, b: null }, island: 'x, "y"' } },
      { problems: [{ row: 1, field: 'island', expected: 'one of "Dream"', got: '"Java"' }] },
    ];

    expect(writeCsv(csv, outcomes, outputs)).toBe(
      'island,label,p.a,p.b,predicted.island,error\r\n' +
        'Dream,a,0.5,,"x, ""y""",\r\n' +
        'Java,,,,,"island: expected one of ""Dream"", got ""Java""."\r\n',
    );
  });

  it('can be read again, cell by cell', () => {
    const records = [
      [' a', 'b"c'],
      ['d\r\ne', 'f,g'],
    ];
    const csv = writeCsv({ columns: ['x', 'y'], records }, [{ problems: [] }, { problems: [] }], {});

    expect(readCsv(csv).records.map((cells) => cells.slice(0, 2))).toEqual(records);
  });

  it('makes a sample of the examples, without the columns of answers', () => {
    const examples = [{ input: { island: 'Dream', bill_length_mm: null, at: [1, 2] }, output: {} }];

    expect(sampleCsv(fields, examples)).toBe('island,bill_length_mm,wild,at\nDream,,,"[1,2]"\n');
    expect(sampleCsv(fields, [])).toBe('');
  });
});
