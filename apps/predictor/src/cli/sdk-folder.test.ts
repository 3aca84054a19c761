import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FolderError, refuseFolder, writeFolder } from './sdk-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'web-single-sdk-'));
afterAll(() => rmSync(root, { recursive: true }));

function folderOf(name: string, manifest?: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  if (manifest !== undefined) writeFileSync(join(folder, 'package.json'), manifest);
  return folder;
}

describe('refuseFolder', () => {
  it('takes a new folder, an empty one, and one that holds a client', async () => {
    await refuseFolder(join(root, 'new'));
    await refuseFolder(folderOf('empty'));
    await refuseFolder(folderOf('client', '{"version":"0.0.0","name":"predictor-client"}'));
  });

  it.each([
    ['no name at all, which would be the current folder', () => '', 'names no folder'],
    ['blanks', () => ' ', 'names no folder'],
    ['a package of another name', () => folderOf('other', '{"name": "my-app"}'), 'holds other files than a client'],
    [
      'a package that only mentions a client',
      () => folderOf('mentions', '{"name":"my-app","clients":[{"name": "predictor-client"}]}'),
      'holds other files than a client',
    ],
    ['a manifest that is none', () => folderOf('broken', '"name": "predictor-client"'), 'holds other files'],
    ['a file', () => join(folderOf('file', '{}'), 'package.json'), 'it is a file'],
    ['what lies below a file', () => join(folderOf('below', '{}'), 'package.json/client'), 'it is a file'],
  ])('refuses %s', async (_what, folder, reason) => {
    const refusal = refuseFolder(folder());
    await expect(refusal).rejects.toThrow(FolderError);
    await expect(refusal).rejects.toThrow(reason);
  });

  it('refuses a folder that it cannot look into', async () => {
    await expect(refuseFolder('x'.repeat(300))).rejects.toThrow('cannot be written to: ENAMETOOLONG');
  });
});

describe('writeFolder', () => {
  it('that breaks off is known as a client, and written again', async () => {
    const folder = folderOf('half');
    mkdirSync(join(folder, 'a.js'));

    const writing = writeFolder(folder, { 'a.js': 'a', 'package.json': '{"name":"predictor-client"}' });

    await expect(writing).rejects.toThrow('there is a folder of this name. The client is not complete');
    await refuseFolder(folder);
    rmSync(join(folder, 'a.js'), { recursive: true });
    await writeFolder(folder, { 'a.js': 'a', 'b/c.js': 'c', 'package.json': '{"name":"predictor-client"}' });
    expect(readFileSync(join(folder, 'b/c.js'), 'utf8')).toBe('c');
  });
});
