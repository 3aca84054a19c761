import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { cardText } from './card-text.ts';
import { goldenText } from './golden-text.ts';
import { goldenFile, manifestText, modelFile } from './manifest-text.ts';
import type { PackageDraft } from './package-draft.ts';
import { testText } from './test-text.ts';

/** Writes the package and its test into the tree. `from` is read from the disk: it need not be in the workspace. */
export function writePackage(tree: Tree, draft: PackageDraft, from: string): void {
  const model = readFileSync(from);
  const files = new Map<string, string | Buffer>([
    [modelFile, model],
    [goldenFile, goldenText(draft.golden)],
    ['README.md', cardText(draft, model.length)],
    ...draft.externalFiles.map((name) => [name, readFileSync(join(dirname(from), name))] as const),
  ]);
  const names = [...files.keys()].sort();
  const digests = Object.fromEntries(names.map((name) => [name, sha256(files.get(name)!)]));
  files.set('model.yaml', manifestText(draft, digests));
  for (const [name, content] of files) tree.write(`${packageFolder(draft.name)}/${name}`, content);
  tree.write(testFile(draft.name), testText(draft));
}

export function packageFolder(name: string): string {
  return `models/${name}`;
}

export function testFile(name: string): string {
  return `apps/predictor-e2e/src/models/${name}.e2e.test.ts`;
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
