import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { FailureReport } from './failure-report.ts';
import type { FailedRow } from './row-failures.ts';
import { StreamSink } from './stream-sink.ts';

const failed = (line: number): FailedRow => ({
  row: {
    place: { file: 'rows.csv', line },
    value: { x: 'a', photo: new Uint8Array(3) },
    kept: { id: line },
    sizeBytes: 1,
  },
  error: {
    code: 'INPUT_MISMATCH',
    message: 'refused',
    problems: [{ field: 'x', expected: 'number', got: '"a" (string)', hint: 'Send a number.' }],
  },
});

describe('FailureReport', () => {
  it('tells the first five in words, and how many there are', async () => {
    const told: string[] = [];
    const report = new FailureReport(undefined, (text) => told.push(text));
    await report.add([2, 3, 4].map(failed));
    await report.add([5, 6, 7, 8].map(failed));
    report.end({ answered: 93, failed: 7 });
    expect(told).toHaveLength(6);
    expect(told[0]).toBe('rows.csv line 2: "x": expected number, got "a" (string). Send a number.');
    expect(told[5]).toBe('7 of 100 rows have no answer. --errors FILE writes all of them.');
  });

  it('names the line alone, not the row of the call that was made of it', async () => {
    const detail = 'Field "x" of row 2: expected number, got "a" (string).';
    const [one, other] = [failed(4), failed(5)].map(({ row, error }) => ({
      row,
      error: { ...error, message: detail },
    }));
    const stream = new PassThrough();
    const report = new FailureReport(new StreamSink(stream), () => undefined);
    await report.add([one!]);
    stream.end();
    expect(JSON.parse((await stream.toArray()).join(''))).toMatchObject({
      line: 4,
      detail: 'Field "x": expected number, got "a" (string).',
    });
    const told: string[] = [];
    const message = 'The output "y" of row 0 is NaN: the model gave no number for this input.';
    await new FailureReport(undefined, (text) => told.push(text)).add([
      { ...other!, error: { ...other!.error, message, problems: [] } },
    ]);
    expect(told).toEqual(['rows.csv line 5: The output "y" is NaN: the model gave no number for this input.']);
  });

  it('writes all of them to the file where there is one: place, problems and the row', async () => {
    const stream = new PassThrough();
    const report = new FailureReport(new StreamSink(stream), () => undefined);
    await report.add([2, 3].map(failed));
    stream.end();
    const lines = (await stream.toArray()).join('').trim().split('\n');
    expect(JSON.parse(lines[1]!)).toEqual({
      file: 'rows.csv',
      line: 3,
      code: 'INPUT_MISMATCH',
      detail: 'refused',
      problems: [{ field: 'x', expected: 'number', got: '"a" (string)', hint: 'Send a number.' }],
      row: { x: 'a', photo: '3 bytes' },
      kept: { id: 3 },
    });
  });
});
