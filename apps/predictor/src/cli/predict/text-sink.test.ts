import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { TextSink } from './text-sink.ts';

describe('TextSink', () => {
  it('waits until its reader has taken what there is', async () => {
    const taken: (() => void)[] = [];
    const slow = new Writable({ highWaterMark: 4, write: (_chunk, _encoding, done) => void taken.push(done) });
    const sink = TextSink.to(slow);
    let isWritten = false;
    const writing = sink.write('more than four').then(() => (isWritten = true));
    await Promise.resolve();
    expect(isWritten).toBe(false);
    taken.shift()?.();
    await writing;
    expect(isWritten).toBe(true);
  });

  it('is broken, and no error, once its reader has gone', async () => {
    const gone = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    });
    const sink = TextSink.to(gone);
    await sink.write('x'.repeat(100_000));
    await sink.write('more');
    expect(sink.isBroken).toBe(true);
  });

  it('rejects where the disk does not take it', async () => {
    const full = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('disk full'), { code: 'ENOSPC' })),
    });
    await expect(TextSink.to(full).write('text')).rejects.toThrow('disk full');
  });

  it('says what to do where the file cannot be made', async () => {
    await expect(TextSink.toFile('/nowhere/at/all.csv')).rejects.toThrow(
      '"/nowhere/at/all.csv" cannot be written (ENOENT). Name a file in a folder that is there.',
    );
  });
});
