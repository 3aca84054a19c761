import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { completeEntry, entryName, isWhole, packageSha256 } from './cache-entry.ts';
import { cacheError } from './cache-error.ts';
import { openCacheFolder } from './cache-folder.ts';
import { claimSlot } from './cache-slot.ts';
import { makeFolder } from './make-folder.ts';
import { failureOf } from './testing/fetcher.ts';

describe('claimSlot', () => {
  it('gives two fetches at once a folder each, and the first one again once it is free', async () => {
    await using cache = await temporaryFolder({});
    const first = await claimSlot(cache.path);
    const second = await claimSlot(cache.path);
    expect([first.folder, second.folder]).toEqual([join(cache.path, 'slot-0'), join(cache.path, 'slot-1')]);
    await first[Symbol.asyncDispose]();
    await second[Symbol.asyncDispose]();
    await using again = await claimSlot(cache.path);
    expect(again.folder).toBe(first.folder);
  });

  /** What a lock of this process would say. */
  async function lockOf(cache: string): Promise<Record<string, unknown>> {
    await using slot = await claimSlot(cache);
    return JSON.parse(await readFile(`${slot.folder}.lock`, 'utf8'));
  }

  it('takes the slot of a process that has gone at once', async () => {
    await using cache = await temporaryFolder({});
    const gone = spawnSync(process.execPath, ['--version']).pid;
    const own = await lockOf(cache.path);
    await writeFile(join(cache.path, 'slot-0.lock'), JSON.stringify({ ...own, pid: gone }));
    await using slot = await claimSlot(cache.path);
    expect(slot.folder).toBe(join(cache.path, 'slot-0'));
  });

  it('leaves the slot of a process that lives alone', async () => {
    await using cache = await temporaryFolder({});
    const own = await lockOf(cache.path);
    const parent = await readFile(`/proc/${process.ppid}/stat`, 'utf8');
    const startedAt = parent.slice(parent.lastIndexOf(')') + 2).split(' ')[19];
    await writeFile(join(cache.path, 'slot-0.lock'), JSON.stringify({ ...own, pid: process.ppid, startedAt }));
    await using slot = await claimSlot(cache.path);
    expect(slot.folder).toBe(join(cache.path, 'slot-1'));
  });

  it('believes a process of another container for as long as it touches its lock', async () => {
    await using cache = await temporaryFolder({});
    const own = await lockOf(cache.path);
    const lock = join(cache.path, 'slot-0.lock');
    await writeFile(lock, JSON.stringify({ ...own, place: 'elsewhere' }));
    const beside = await claimSlot(cache.path);
    const longAgo = new Date(new Date().getTime() - 60_000);
    await utimes(lock, longAgo, longAgo);
    await using slot = await claimSlot(cache.path);
    expect([beside.folder, slot.folder]).toEqual([join(cache.path, 'slot-1'), join(cache.path, 'slot-0')]);
    await beside[Symbol.asyncDispose]();
  });
});

describe('the default cache folder', () => {
  const before = process.env['TMPDIR'];
  afterEach(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });

  it('is made for this user alone', async () => {
    await using folder = await temporaryFolder({});
    process.env['TMPDIR'] = folder.path;
    const cache = await openCacheFolder(undefined);
    expect(cache.startsWith(join(folder.path, 'web-single-models'))).toBe(true);
    expect(await openCacheFolder(undefined)).toBe(cache);
    await chmod(cache, 0o777);
    expect(await failureOf(openCacheFolder(undefined))).toMatchObject({ reason: 'cache' });
  });

  it('is no link that somebody laid there', async () => {
    await using folder = await temporaryFolder({});
    process.env['TMPDIR'] = folder.path;
    await mkdir(join(folder.path, 'theirs'));
    await symlink(join(folder.path, 'theirs'), join(folder.path, `web-single-models-${process.getuid?.()}`));
    expect(await failureOf(openCacheFolder(undefined))).toMatchObject({ reason: 'cache' });
  });
});

describe('makeFolder', () => {
  it('makes all that is missing, and fails where nothing can be made', async () => {
    await using folder = await temporaryFolder({ file: '' });
    await makeFolder(join(folder.path, 'a/b/c'));
    await makeFolder(join(folder.path, 'a/b/c'));
    await expect(makeFolder(join(folder.path, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(join(folder.path, 'file/a'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(makeFolder('/proc/nothing/here')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('makeFolder, asked twice at once', () => {
  it('makes what neither has found', async () => {
    await using folder = await temporaryFolder({});
    for (let round = 0; round < 50; round++) {
      const above = join(folder.path, String(round), 'a');
      await Promise.all([makeFolder(join(above, 'b')), makeFolder(join(above, 'c'))]);
      expect((await readdir(above)).sort()).toEqual(['b', 'c']);
    }
  });
});

describe('an entry of the cache', () => {
  const running = new AbortController().signal;

  it.each(['file', 'package'] as const)('of a %s is what its name says, whatever its marker says', async (shape) => {
    await using folder = await temporaryFolder({ 'first/files/churn/churn.onnx': 'model' });
    const sha256 = createHash('sha256').update('model').digest('hex');
    const uri = { shape, modelName: 'churn' };
    const named = shape === 'file' ? sha256 : packageSha256(new Map([['churn.onnx', sha256]]));
    const entry = join(folder.path, entryName(uri, named));
    await rename(join(folder.path, 'first'), entry);
    await completeEntry(entry, uri, running);
    expect(await isWhole(entry, uri, running)).toBe(true);

    await writeFile(join(entry, 'files/churn/churn.onnx'), 'other');
    await rm(join(entry, 'complete.json'));
    await completeEntry(entry, uri, running);
    expect(await isWhole(entry, uri, running)).toBe(false);
  });
});

describe('cacheError', () => {
  const failed = (code: string) => Object.assign(new Error(code), { code, syscall: 'write' });

  it.each([
    ['ENOSPC', 'The model cache "/cache" is full (ENOSPC). Give it more room.'],
    [
      'EROFS',
      'The model cache "/cache" cannot be written: its file system is read-only (EROFS). Mount a writable folder there.',
    ],
    [
      'EACCES',
      `The model cache "/cache" may not be written by this user (EACCES). Mount a folder there that uid ${process.getuid!()} owns.`,
    ],
    ['EOTHER', 'The model cache "/cache" cannot be used (EOTHER). Name another folder by MODEL_CACHE.'],
  ])('says what %s means, where, and what to do', (code, message) => {
    expect(cacheError(failed(code), '/cache')).toMatchObject({ reason: 'cache', message });
  });

  it('names the setting where no folder was named', () => {
    expect(cacheError(failed('EROFS'))).toMatchObject({
      message:
        'The model cache cannot be written: its file system is read-only (EROFS). Name a writable folder by MODEL_CACHE.',
    });
  });

  it('leaves everything else as it is', () => {
    const other = new Error('a bug');
    expect(cacheError(other)).toBe(other);
  });
});
