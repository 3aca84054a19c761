import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar, type TarEntry } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { failureOf } from './testing/fetcher.ts';
import { unpackArchive, type UnpackOptions } from './unpack-archive.ts';

const running = new AbortController().signal;
const file = (name: string, body = 'x'): TarEntry => ({
  header: { name, size: Buffer.byteLength(body), type: 'file' },
  body,
});
const special = (type: NonNullable<TarEntry['header']['type']>): TarEntry => ({
  header: { name: 'a', size: 0, type, linkname: '/etc/passwd' },
});

/** The paths that an archive unpacks to. */
async function unpack(bytes: Uint8Array, options: Partial<UnpackOptions> = {}): Promise<string[]> {
  await using folder = await temporaryFolder({});
  const [archive, target] = [join(folder.path, 'archive'), join(folder.path, 'target')];
  await writeFile(archive, bytes);
  await mkdir(target);
  try {
    await unpackArchive(archive, target, { shown: 'churn.tar', limitBytes: 2 ** 20, signal: running, ...options });
  } finally {
    expect((await readdir(folder.path)).sort()).toEqual(['archive', 'target']);
  }
  return (await readdir(target, { recursive: true })).sort();
}

describe('unpackArchive', () => {
  it('unpacks files and folders, gzipped or not', async () => {
    const tar = await packTar([
      { header: { name: './churn/', size: 0, type: 'directory' } },
      file('./churn/model.yaml'),
      file('a/b'),
    ]);
    const paths = ['a', 'a/b', 'churn', 'churn/model.yaml'];
    expect(await unpack(tar)).toEqual(paths);
    expect(await unpack(gzipSync(tar))).toEqual(paths);
  });

  it('keeps every byte of a file of many chunks', async () => {
    await using folder = await temporaryFolder({});
    const body = Buffer.alloc(300_000, 'weights');
    await writeFile(join(folder.path, 'archive'), await packTar([{ header: { name: 'm', size: body.length }, body }]));
    await unpackArchive(join(folder.path, 'archive'), folder.path, {
      shown: 'm',
      limitBytes: 2 ** 20,
      signal: running,
    });
    expect(await readFile(join(folder.path, 'm'))).toEqual(body);
  });

  it.each([
    '../x',
    '/etc/x',
    'C:\\x',
    'C:/x',
    'a/./../../x',
    'a/../x',
    'a//b',
    'a\u202eb',
    'a\nb',
    'a/b/c/d/e/f/g/h/i',
    'x'.repeat(600),
  ])('refuses an entry named %j', async (name) => {
    const failure = await failureOf(unpack(await packTar([file('first'), file(name)])));
    expect(failure).toMatchObject({ reason: 'corrupt', message: expect.stringMatching(/^churn\.tar/) });
  });

  it.each(['x'.repeat(256), 'é'.repeat(128), `a/${'x'.repeat(256)}/b`])(
    'blames the archive for a name that no file can have, and shows the beginning of it',
    async (name) => {
      const { reason, message } = await failureOf(unpack(await packTar([file(name)])));
      expect(reason).toBe('corrupt');
      expect(message).toMatch(/^churn\.tar: the entry "[axé/]{80}…" has a name of more than 255 bytes\.$/);
    },
  );

  it('takes the longest name that a file can have', async () => {
    const name = 'é'.repeat(127);
    expect(await unpack(await packTar([file(name)]))).toEqual([name]);
  });

  it('blames the archive for a path that is too long where it goes', async () => {
    await using folder = await temporaryFolder({});
    const archive = join(folder.path, 'archive');
    await writeFile(archive, await packTar([file('x'.repeat(255))]));
    const deep = join(folder.path, ...Array.from({ length: 19 }, () => 'y'.repeat(200)));
    await mkdir(deep, { recursive: true });
    expect(await failureOf(unpackArchive(archive, deep, { shown: 'm', limitBytes: 2 ** 20, signal: running }))).toEqual(
      {
        reason: 'corrupt',
        message: `m: the entry "${'x'.repeat(80)}…" has a longer name than the file system takes.`,
      },
    );
  });

  it.each(['symlink', 'link', 'fifo', 'character-device', 'block-device'] as const)('refuses a %s', async (type) => {
    expect(await failureOf(unpack(await packTar([special(type)])))).toMatchObject({ reason: 'corrupt' });
  });

  it.each([[['a', 'a']], [['a', 'A']], [['dir/a', 'DIR/A']], [['\u00e9', 'e\u0301']], [['a', 'a/b']], [['a/b', 'a']]])(
    'refuses %j together',
    async (names) => {
      expect(await failureOf(unpack(await packTar(names.map((name) => file(name)))))).toMatchObject({
        reason: 'corrupt',
      });
    },
  );

  it('refuses what is no whole archive', async () => {
    const tar = await packTar([file('a', 'x'.repeat(5000))]);
    for (const bytes of [
      tar.subarray(0, 2000),
      gzipSync(tar).subarray(0, 60),
      Buffer.from('<html>'),
      Buffer.alloc(2000, 7),
    ])
      expect(await failureOf(unpack(bytes))).toMatchObject({ reason: 'corrupt' });
  });

  it('stops at the limit, and where next to nothing becomes very much', async () => {
    const zeros = Buffer.alloc(100 * 2 ** 20);
    const bomb = gzipSync(await packTar([{ header: { name: 'm', size: zeros.length }, body: zeros }]));
    expect(await failureOf(unpack(bomb))).toMatchObject({ reason: 'too-large' });
    expect(await failureOf(unpack(bomb, { limitBytes: 2 ** 30 }))).toMatchObject({
      reason: 'corrupt',
      message: /times its size/,
    });
  });

  it('refuses more entries than are allowed', async () => {
    const tar = await packTar(['a', 'b', 'c'].map((name) => file(name)));
    expect(await unpack(tar, { maxEntries: 3 })).toEqual(['a', 'b', 'c']);
    expect(await failureOf(unpack(tar, { maxEntries: 2 }))).toMatchObject({ message: /more than 2 entries/ });
  });
});
