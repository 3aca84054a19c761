import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from './input-row.ts';
import { readWhole } from './read-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'web-single-read-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('readWhole', () => {
  it('reads a file', async () => {
    const file = join(folder, 'a.png');
    writeFileSync(file, 'abc');

    expect(new TextDecoder().decode(await readWhole(file))).toBe('abc');
  });

  it.each([
    ['a device that never ends', '/dev/zero', 'it is no file'],
    ['a folder', folder, 'it is a folder'],
    ['nothing', join(folder, 'none.png'), 'there is no such file'],
  ])('refuses %s, and says why', async (_what, file, reason) => {
    await expect(readWhole(file)).rejects.toThrow(new RegExp(`cannot be read: ${reason}`));
  });

  it('refuses a file that no picture is as large as, unread', async () => {
    const file = join(folder, 'large.png');
    writeFileSync(file, '');
    truncateSync(file, 300 * 1024 ** 2);

    await expect(readWhole(file)).rejects.toThrow(InputError);
  });

  it('refuses a file that says it is empty and is longer', async () => {
    // Made up by the kernel, of some hundreds of bytes.
    await expect(readWhole('/proc/self/status', 100)).rejects.toThrow('it has more than 100 bytes');
    expect(new TextDecoder().decode(await readWhole('/proc/self/status'))).toMatch(/^Name:/);
  });

  it('reads all of a file that says it is empty', async () => {
    const lines = new TextDecoder()
      .decode(await readWhole('/proc/self/maps'))
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.filter((line) => !/^[\da-f]+-[\da-f]+ /.test(line))).toEqual([]);
  });

  it('reads a file of any length to its end', async () => {
    const file = join(folder, 'long.png');
    for (const length of [0, 1, 4095, 4096, 4097, 100_000]) {
      writeFileSync(file, Buffer.alloc(length, 7));
      expect(Buffer.from(await readWhole(file)).equals(Buffer.alloc(length, 7))).toBe(true);
    }
  });
});
