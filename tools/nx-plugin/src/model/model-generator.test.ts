import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { openPackage } from '@web-single/model-package';
import { startEngine } from '@web-single/model-runtime';
import { afterEach, describe, expect, it } from 'vitest';
import { draftHere } from '../testing/draft-here.ts';
import { birdsDraft, pictureDraft } from '../testing/drafts.ts';
import { changedFiles, contentOf, fixture, workspaceTree } from '../testing/workspace-tree.ts';
import { modelGenerator } from './model-generator.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** Writes the generated package to the disk and opens it as a careful operator would. */
async function openWritten(tree: Tree, name: string) {
  const folder = mkdtempSync(join(tmpdir(), 'nx-plugin-'));
  folders.push(folder);
  for (const { path, content } of tree.listChanges().filter((change) => change.path.startsWith(`models/${name}/`))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content!);
  }
  return openPackage(join(folder, 'models', name), { strict: true });
}

describe('modelGenerator', () => {
  it('writes a sealed package that answers its golden cases, and its test', async () => {
    const tree = workspaceTree();
    const before = contentOf(tree);

    await modelGenerator(
      tree,
      {
        name: 'birds',
        from: fixture('torch-inline.onnx'),
        task: 'tabular-classification',
        columns: ['wing', 'beak', 'tail', 'mass'],
        labels: ['crow', 'finch', 'owl'],
      },
      draftHere,
    );

    expect(changedFiles(tree, before)).toEqual([
      'apps/predictor-e2e/src/models/birds.e2e.test.ts',
      ...['README.md', 'golden.jsonl', 'model.onnx', 'model.yaml'].map((file) => `models/birds/${file}`),
    ]);
    const written = await openWritten(tree, 'birds');
    expect(written).toMatchObject({ name: 'birds', version: '1.0.0', task: 'tabular-classification' });
    expect(Object.keys(written.signature.input)).toEqual(['wing', 'beak', 'tail', 'mass']);
    expect(written.signature.output['label']).toEqual({ type: 'category', values: ['crow', 'finch', 'owl'] });
    const { engine, goldenReport } = await startEngine(written);
    await engine.close();
    expect(goldenReport).toEqual({ cases: 20, failures: [] });
  });

  it('keeps what was assumed: in the manifest, and as questions in the card', async () => {
    const tree = workspaceTree();

    await modelGenerator(tree, { name: 'birds', from: fixture('torch-inline.onnx') }, async () => birdsDraft);

    expect(tree.read('models/birds/model.yaml', 'utf8')).toContain(
      '- { about: probabilities, value: "softmax of output \\"logits\\"", source: "--labels" }',
    );
    expect(tree.read('models/birds/README.md', 'utf8')).toContain(
      '- Assumed, to be confirmed in model.yaml: probabilities: softmax of output "logits" (--labels).',
    );
  });

  it('takes weights along that lie in a file of their own', async () => {
    const tree = workspaceTree();

    await modelGenerator(tree, { name: 'birds', from: fixture('torch-data.onnx'), strict: true }, draftHere);

    expect(tree.exists('models/birds/torch-data.onnx.data')).toBe(true);
    await expect(openWritten(tree, 'birds')).resolves.toMatchObject({ name: 'birds' });
  });

  it('refuses a taken name and everything else that is wrong at once, and writes nothing', async () => {
    const tree = workspaceTree();
    tree.write('models/birds/model.yaml', 'model: { file: model.onnx }\n');
    const before = contentOf(tree);
    const options = { name: 'birds', from: fixture('forest-regressor.onnx'), modelVersion: '1.0', columns: ['a', 'b'] };

    const refused = modelGenerator(tree, options, draftHere);

    await expect(refused).rejects.toThrow(/models\/birds: There is one already/);
    await expect(refused).rejects.toMatchObject({
      problems: [
        { where: 'models/birds' },
        { where: '--model-version', message: expect.stringContaining('"1.0" is not legal') },
        { message: expect.stringContaining('names 2 columns, input "X" has 4') },
      ],
    });
    expect(changedFiles(tree, before)).toEqual([]);
  });

  it('refuses a folder: a package is one already', async () => {
    const options = { name: 'birds', from: fixture('../../../examples/birds') };

    await expect(modelGenerator(workspaceTree(), options, draftHere)).rejects.toMatchObject({
      problems: [{ where: '--from', message: 'Expected an .onnx file, got a folder. Name the file in it.' }],
    });
  });

  it('refuses assumptions under --strict', async () => {
    const options = {
      name: 'birds',
      from: fixture('torch-inline.onnx'),
      labels: ['crow', 'finch', 'owl'],
      strict: true,
    };

    await expect(modelGenerator(workspaceTree(), options, draftHere)).rejects.toThrow(/softmax .* is an assumption/);
  });

  it('writes a test that calls by types where the row is short, and none where it is a picture', async () => {
    const tree = workspaceTree();
    const from = fixture('torch-inline.onnx');
    const test = (name: string) => tree.read(`apps/predictor-e2e/src/models/${name}.e2e.test.ts`, 'utf8');

    await modelGenerator(tree, { name: 'my-birds', from }, async () => ({ ...birdsDraft, name: 'my-birds' }));
    await modelGenerator(tree, { name: 'drawn', from }, async () => ({ ...pictureDraft, name: 'drawn' }));

    expect(test('my-birds')).toContain("await predictor.models['my-birds'].predict({ features: [1, 2, 3, 4] });");
    expect(test('my-birds')).toContain("expect<'crow' | 'finch'>(answer.label).toBe('crow');");
    expect(test('drawn')).not.toContain('createPredictor');
    expect(test('drawn')).toContain('servedPackageSuite(folder, () => server.url);');
  });
});
