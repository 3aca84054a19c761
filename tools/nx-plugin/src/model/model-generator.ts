import { resolve } from 'node:path';
import { formatFiles } from '@nx/devkit';
import type { GeneratorCallback, Tree } from '@nx/devkit';
import { ProblemsError } from '../problems-error.ts';
import type { Problem } from '../problems-error.ts';
import { generatedFrom, renewGenerated } from '../renew-generated.ts';
import { draftInProcess } from './draft-in-process.ts';
import type { DraftPackage } from './draft-in-process.ts';
import type { ModelOptions } from './model-options.ts';
import { packageFolder, testFile, writePackage } from './write-package.ts';

/** Writes models/NAME from an ONNX file. What it returns renews what is generated from the models once the files are on the disk. */
export async function modelGenerator(
  tree: Tree,
  options: ModelOptions,
  draft: DraftPackage = draftInProcess,
): Promise<GeneratorCallback> {
  const from = resolve(tree.root, options.from);
  const drafted = await withProblems(takenPlaces(tree, options.name), () => draft({ ...options, from }));
  writePackage(tree, drafted, from);
  await formatFiles(tree);
  return () => {
    renewGenerated(tree.root, generatedFrom.models);
    console.log(nextSteps(drafted.name));
  };
}

function takenPlaces(tree: Tree, name: string): Problem[] {
  return [packageFolder(name), testFile(name)]
    .filter((path) => tree.exists(path))
    .map((path) => ({ where: path, message: 'There is one already. Choose another name, or delete it first.' }));
}

/** Also where the name is taken the file is read: all problems at once. */
async function withProblems<T>(found: readonly Problem[], draft: () => Promise<T>): Promise<T> {
  try {
    const drafted = await draft();
    if (found.length === 0) return drafted;
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    throw new ProblemsError([...found, ...error.problems]);
  }
  throw new ProblemsError(found);
}

function nextSteps(name: string): string {
  return [
    `models/${name} is ready: "npm start" serves it, "npx predictor inspect models/${name}" says what is known of it.`,
    'Next: what its README.md asks for, ranges and units in model.yaml, golden cases from the training side;',
    `then "python3 tools/train/seal_package.py models/${name}" and "npx nx run sdk:generate".`,
  ].join('\n');
}
