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
});
