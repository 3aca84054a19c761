import { describe, expect, it } from 'vitest';
import { fixture } from '../testing/workspace-tree.ts';
import { draftInProcess } from './draft-in-process.ts';

describe('draftInProcess', () => {
  it('hands over what the other process found', async () => {
    const draft = await draftInProcess({ name: 'heights', from: fixture('linear-regression-two.onnx') });

    expect(draft).toMatchObject({ name: 'heights', version: '1.0.0', signature: { input: { X: { type: 'tensor' } } } });
    expect(draft.golden.cases).toHaveLength(20);
  });

  it('hands over all problems of options and file at once', async () => {
    const options = { name: 'a b', modelVersion: 'latest', from: fixture('expected.json') };

    await expect(draftInProcess(options)).rejects.toMatchObject({
      problems: [{ where: 'NAME' }, { where: '--model-version' }, { where: 'expected.json' }],
    });
  });
});
