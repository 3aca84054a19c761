import type { Tree } from '@nx/devkit';
import { describe, expect, it } from 'vitest';
import { changedFiles, contentOf, workspaceTree } from '../testing/workspace-tree.ts';
import { stepGenerator } from './step-generator.ts';
import { examplesFile, registryFile, stepsFolder, tableFile } from './step-places.ts';

const siblings = ['tabular/scale', 'tabular/drop-fields', 'image/center-crop', 'postprocess/softmax'];

function preprocessingTree(): Tree {
  const steps = siblings.map((step) => `${stepsFolder}/${step}.ts`);
  return workspaceTree([registryFile, examplesFile, tableFile, ...steps]);
}

/** Lines of a file, trimmed, from `first` on. */
function linesFrom(tree: Tree, file: string, first: string): string[] {
  const lines = (tree.read(file, 'utf8') ?? '').split('\n').map((line) => line.trim());
  return lines.slice(lines.indexOf(first));
}

describe('stepGenerator', () => {
  it.each(['tabular', 'image', 'text', 'postprocess'] as const)('%s: two files, three entries', async (kind) => {
    const tree = preprocessingTree();
    const before = contentOf(tree);

    await stepGenerator(tree, { name: 'log-scale', kind });

    expect(changedFiles(tree, before)).toEqual(
      [
        ...[`${stepsFolder}/${kind}/log-scale.test.ts`, `${stepsFolder}/${kind}/log-scale.ts`],
        ...[registryFile, examplesFile, tableFile],
      ].sort(),
    );
    expect(tree.read(`${stepsFolder}/${kind}/log-scale.ts`, 'utf8')).toContain(
      "export const logScale = defineStep({\n  name: 'log-scale',",
    );
    expect(tree.read(examplesFile, 'utf8')).toMatch(/\{ spec: \{ step: 'log-scale', .*\n\];/);
  });

  it('imports it where its path sorts, and names it behind its kind', async () => {
    const tree = preprocessingTree();

    await stepGenerator(tree, { name: 'log-scale' });

    const imported = "import { logScale } from './steps/tabular/log-scale.ts';";
    expect(linesFrom(tree, registryFile, imported)[1]).toContain('map-categories');
    expect(linesFrom(tree, registryFile, 'dropFields,').slice(0, 3)).toEqual(['dropFields,', 'logScale,', '// image']);
  });

  it('begins a group for the first step of a kind, and the next one joins it', async () => {
    const tree = preprocessingTree();

    await stepGenerator(tree, { name: 'lower-case', kind: 'text' });
    await stepGenerator(tree, { name: 'upper-case', kind: 'text' });

    expect(linesFrom(tree, registryFile, '// text')).toEqual(['// text', 'lowerCase,', 'upperCase,', ']);', '']);
  });

  it('gets its line in the docs behind those of its kind', async () => {
    const tree = preprocessingTree();

    await stepGenerator(tree, { name: 'log-scale' });

    const added = '| `log-scale` | `field, factor` | number × factor; null stays null |';
    const [, next] = linesFrom(tree, tableFile, added);
    expect(next).toMatch(/^\| `decode-image`/);
  });

  it.each([
    ['LogScale', 'Expected kebab-case'],
    ['x'.repeat(41), 'Expected kebab-case of at most 40 characters'],
    ['scale', 'There is libs/preprocessing/src/steps/tabular/scale.ts already'],
    ['center-crop', 'There is libs/preprocessing/src/steps/image/center-crop.ts already'],
    ['delete', '"delete" is a word of the language'],
    ['per-row', '"perRow" is used'],
    ['step-registry', '"stepRegistry" is used'],
  ])('refuses the name %s and writes nothing', async (name, message) => {
    const tree = preprocessingTree();
    const before = contentOf(tree);

    await expect(stepGenerator(tree, { name })).rejects.toThrow(message);

    expect(changedFiles(tree, before)).toEqual([]);
  });

  it('says which file it does not recognise, and where the way by hand is written', async () => {
    const tree = preprocessingTree();
    tree.write(registryFile, 'export const steps = [];\n');

    await expect(stepGenerator(tree, { name: 'log-scale' })).rejects.toMatchObject({
      problems: [{ where: registryFile, message: expect.stringContaining('docs/guides/write-a-step.md') }],
    });
  });
});
