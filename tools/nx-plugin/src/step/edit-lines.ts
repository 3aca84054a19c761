import type { Tree } from '@nx/devkit';
import { ProblemsError } from '../problems-error.ts';

/** Where a line goes: the index of the line it stands before; undefined where the file has no such place. */
export type FindPlace = (lines: readonly string[]) => number | undefined;

/** Puts lines into a file of the tree. Throws `ProblemsError` where their place is not found: somebody has rewritten the file. */
export function insertLines(tree: Tree, file: string, added: readonly string[], findPlace: FindPlace): void {
  const lines = (tree.read(file, 'utf8') ?? '').split('\n');
  const place = findPlace(lines);
  if (place === undefined) {
    const message = `The place for ${JSON.stringify(added.at(-1)?.trim())} was not found. Add the step by hand, as docs/guides/write-a-step.md says.`;
    throw new ProblemsError([{ where: file, message }]);
  }
  tree.write(file, [...lines.slice(0, place), ...added, ...lines.slice(place)].join('\n'));
}
