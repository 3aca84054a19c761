import { execFileSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { identityModel } from '../testing/build-onnx.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { diagnose } from './diagnose.ts';
import { readSubject } from './subject.ts';

describe('readSubject', () => {
  it.each([
    [{ 'a.onnx': identityModel(), 'b c.onnx': identityModel() }, ['a.onnx', 'b c.onnx'], 'it holds 2.'],
    [
      { 'one/model.onnx': identityModel(), 'two/1/model.onnx': identityModel(), 'none/x.txt': 'x' },
      ['one', 'two/1'],
      'it holds 2, each in a folder of its own.',
    ],
    [{ 'one/model.onnx': identityModel() }, ['one'], 'it holds one, in a folder of its own.'],
  ])('of a folder that only holds models says which, and how to ask about each', async (files, names, what) => {
    await using folder = await temporaryFolder(files);
    const { findings } = await diagnose(folder.path);
    const words = names.map((name) => (name.includes(' ') ? `'${join(folder.path, name)}'` : join(folder.path, name)));
    expect(findings).toMatchObject([
      {
        rule: 'several-models',
        severity: 'error',
        what: expect.stringContaining(what),
        code: words.map((word) => `predictor doctor ${word}`).join('\n'),
      },
    ]);
  });

  it.each<[name: string, make: (path: string) => unknown]>([
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
    ['an endless device', (path) => symlink('/dev/zero', path)],
    ['a folder', (path) => mkdir(path)],
  ])('does not wait for %s in the place of a file', async (_, make) => {
    const sound = { 'model.onnx': identityModel(), 'model.yaml': 'model: { file: model.onnx }\n' };
    const other = { 'other.txt': 'x' };
    for (const [file, files] of [
      ['model.onnx', other],
      ['model.onnx', { 'model.yaml': sound['model.yaml'] }],
      ['model.yaml', { 'model.onnx': sound['model.onnx'] }],
    ] as const) {
      await using folder = await temporaryFolder(files);
      await make(join(folder.path, file));
      expect((await diagnose(folder.path)).findings[0]).toMatchObject({ severity: 'error' });
      expect((await diagnose(join(folder.path, 'model.onnx'))).findings.length).toBeGreaterThan(0);
    }
    await using folder = await temporaryFolder({ 'model.onnx': sound['model.onnx'] });
    await make(join(folder.path, 'preprocessor_config.json'));
    const found = (await diagnose(folder.path)).findings;
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('looks at so many files of a folder and no more, however many there are', async () => {
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`data/${index}/x.bin`, 'x']));
    const manifest = 'model: { file: model.onnx }\n';
    await using folder = await temporaryFolder({ ...files, 'model.onnx': identityModel(), 'model.yaml': manifest });
    await mkdir(join(folder.path, 'empty'));
    expect((await readSubject(folder.path, undefined)).files).toHaveLength(32);
    expect((await readSubject(folder.path, undefined, 10)).files).toHaveLength(10);
    const unsealed = (await diagnose(folder.path)).findings.find(({ rule }) => rule === 'unsealed');
    expect(unsealed?.what).toContain('and 26 more');
  });
});
