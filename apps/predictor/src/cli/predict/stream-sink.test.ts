import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { InputError } from './input-row.ts';
import { StreamSink } from './stream-sink.ts';

/** What the disk of a redirected output says. */
const failing = (code: string, highWaterMark: number): Writable =>
  new Writable({
    highWaterMark,
    write: (_chunk, _encoding, done) => setImmediate(() => done(Object.assign(new Error(`write ${code}`), { code }))),
  });

describe('StreamSink', () => {
  it('waits until its reader has taken what there is', async () => {
    const taken: (() => void)[] = [];
    const slow = new Writable({ highWaterMark: 4, write: (_chunk, _encoding, done) => void taken.push(done) });
    const sink = new StreamSink(slow);
    let isWritten = false;
    const writing = sink.write('more than four').then(() => (isWritten = true));
    await Promise.resolve();
    expect(isWritten).toBe(false);
    taken.shift()?.();
    await writing;
    expect(isWritten).toBe(true);
  });

  it('is broken, and no error, once its reader has gone', async () => {
    const sink = new StreamSink(failing('EPIPE', 1));
    await sink.write('x'.repeat(100_000));
    await sink.write('more');
    expect(sink.isBroken).toBe(true);
    await sink.finish();
  });

  it('says that the disk is full, at once or in the end', async () => {
    await expect(new StreamSink(failing('ENOSPC', 1)).write('text')).rejects.toThrow(
      'Standard output cannot be written: the disk is full.',
    );
    const late = new StreamSink(failing('ENOSPC', 1000));
    await late.write('text');
    await expect(late.finish()).rejects.toThrow(InputError);
  });

  it('is closed without an error where it has failed before', async () => {
    const sink = new StreamSink(failing('ENOSPC', 1));
    await sink.write('text').catch(() => undefined);
    await sink[Symbol.asyncDispose]();
  });
});
