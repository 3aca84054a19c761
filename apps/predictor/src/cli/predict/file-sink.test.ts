import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FileSink } from './file-sink.ts';
import { InputError } from './input-row.ts';

const folder = mkdtempSync(join(tmpdir(), 'web-single-sink-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string): string {
  const file = join(folder, name);
  writeFileSync(file, 'precious');
  return file;
}

describe('FileSink', () => {
  it('takes the place of a file, with all that was written', async () => {
    const file = fileOf('taken');
    await using sink = new FileSink(file);
    await sink.write('a\n');
    await sink.write('b\n');
    await sink.finish();
    expect(readFileSync(file, 'utf8')).toBe('a\nb\n');
  });

  it('leaves a file as it is until there is something to write', async () => {
    const file = fileOf('kept');
    await new FileSink(file)[Symbol.asyncDispose]();
    const sink = new FileSink(file);
    await sink.write('');
    expect(readFileSync(file, 'utf8')).toBe('precious');
    await sink.finish();
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  it('says that the disk is full', async () => {
    await using sink = new FileSink('/dev/full');
    const writing = sink.write('text');
    await expect(writing).rejects.toThrow(InputError);
    await expect(writing).rejects.toThrow('"/dev/full" cannot be written: the disk is full.');
  });

  it('says why the file cannot be made', async () => {
    await expect(new FileSink('/nowhere/at/all.csv').finish()).rejects.toThrow(
      '"/nowhere/at/all.csv" cannot be written: its folder is not there.',
    );
  });
});
