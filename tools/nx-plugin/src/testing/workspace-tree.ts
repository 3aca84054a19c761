import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Tree } from '@nx/devkit';
import { createTree } from '@nx/devkit/testing';

export const workspaceRoot = resolve(import.meta.dirname, '../../../..');
export const fixture = (name: string): string => resolve(workspaceRoot, 'libs/model-package/fixtures', name);

/** A tree in memory with our formatting rules and the named files of this workspace as they are. */
export function workspaceTree(files: readonly string[] = []): Tree {
  const tree = createTree();
  // Of configurations that are only in memory, Nx reads this name.
  tree.write('.prettierrc', readFileSync(resolve(workspaceRoot, '.prettierrc.json')));
  for (const file of ['.prettierignore', ...files]) tree.write(file, readFileSync(resolve(workspaceRoot, file)));
  return tree;
}

/** What the generator created or changed, sorted. */
export function changedFiles(tree: Tree, before: ReadonlyMap<string, string>): string[] {
  return [...contentOf(tree)]
    .filter(([path, content]) => before.get(path) !== content)
    .map(([path]) => path)
    .sort();
}

export function contentOf(tree: Tree): Map<string, string> {
  return new Map(tree.listChanges().map(({ path, content }) => [path, content?.toString('latin1') ?? '']));
}
