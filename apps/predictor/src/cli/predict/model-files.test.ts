import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filesOfModel } from './model-files.ts';

const root = mkdtempSync(join(tmpdir(), 'web-single-model-files-'));
afterAll(() => rmSync(root, { recursive: true }));
const at = (name: string): string => join(root, name);
const fixtures = resolve(import.meta.dirname, '../../../../../libs/model-package/fixtures');
mkdirSync(at('models'));
for (const name of ['torch-data.onnx', 'torch-data.onnx.data'])
  cpSync(join(fixtures, name), at(`models/${name}`), { recursive: true });
for (const name of ['answers.csv', 'broken.onnx']) writeFileSync(at(`models/${name}`), 'a');
symlinkSync(at('models/torch-data.onnx'), at('link.onnx'));
symlinkSync(at('models/torch-data.onnx.data'), at('weights'));

const written = ['torch-data.onnx', 'torch-data.onnx.data', 'answers.csv', 'new.csv'].map((name) =>
  at(`models/${name}`),
);

describe('filesOfModel', () => {
  it.each(['models/torch-data.onnx', 'link.onnx'])('of %s alone are it and its weights', async (model) => {
    expect(await filesOfModel([...written, at('weights')], at(model))).toEqual([written[0], written[1], at('weights')]);
  });

  it('of a folder are all that lie in it', async () => {
    expect(await filesOfModel([...written, at('new.csv')], at('models'))).toEqual(written);
  });

  it('of what cannot be read, or is not there, are none besides', async () => {
    expect(await filesOfModel(written, at('models/broken.onnx'))).toEqual([]);
    expect(await filesOfModel(written, at('none.onnx'))).toEqual([]);
  });
});
