import { describe, expect, it } from 'vitest';
import type { Answerer } from './answerer.ts';
import { createFormat } from './answer-format.ts';
import { InputError, type InputRow } from './input-row.ts';
import { predictRows } from './predict-rows.ts';
import type { TextSink } from './text-sink.ts';

const row = (line: number): InputRow => ({ place: { file: 'a.csv', line }, value: {}, kept: {}, sizeBytes: 1 });

async function* breakingOff(rows: readonly InputRow[]): AsyncGenerator<readonly InputRow[]> {
  if (rows.length > 0) yield rows;
  throw await Promise.reject(new InputError('a.csv is no table'));
}

/** What `rows` are answered with until the reading fails. */
async function writtenOf(rows: readonly InputRow[], kind: 'csv' | 'table', write?: TextSink['write']): Promise<string> {
  const signature = { input: {}, output: { label: { type: 'text' } } } as const;
  const answerer: Answerer = {
    name: 'some',
    signature,
    limits: { maxRows: 10, maxBytes: 1000, callsAtOnce: 1 },
    predict: (asked) => Promise.resolve(asked.map(() => ({ outputs: { label: 'x' } }))),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  let written = '';
  const sink: TextSink = {
    isBroken: false,
    write: write ?? ((text) => Promise.resolve(void (written += text))),
    finish: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const run = predictRows({
    answerer,
    rows: breakingOff(rows),
    format: createFormat(kind, { signature, kept: [], hasColors: false }),
    sink,
    onFailures: () => Promise.resolve(),
    onProgress: () => undefined,
    signal: new AbortController().signal,
    waiting: { random: () => 0, wait: () => Promise.resolve(), isOver: () => false },
  });
  await expect(run).rejects.toThrow(write === undefined ? 'a.csv is no table' : 'the disk is full');
  return written;
}

describe('predictRows, where the reading fails', () => {
  it('writes nothing at all before the first answer', async () => {
    expect(await writtenOf([], 'csv')).toBe('');
  });

  it('writes what was answered before, also what a table holds back', async () => {
    expect(await writtenOf([row(2)], 'csv')).toBe('label\nx\n');
    expect(await writtenOf([row(2), row(3)], 'table')).toBe('label\nx\nx\n');
  });

  it('says what the disk said first', async () => {
    let calls = 0;
    await writtenOf([row(2)], 'csv', () =>
      Promise.reject(new InputError((calls += 1) === 1 ? 'the disk is full' : 'again')),
    );
  });
});
