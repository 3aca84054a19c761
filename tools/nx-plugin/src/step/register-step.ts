import type { Tree } from '@nx/devkit';
import { insertLines } from './edit-lines.ts';
import type { StepKind } from './step-kinds.ts';
import type { StepNames } from './step-names.ts';
import { registryFile } from './step-places.ts';

const listStart = 'export const stepRegistry';
const listEnd = ']);';

/** Imports the step where its path sorts, and names it behind those of its kind. */
export function registerStep(tree: Tree, { name, identifier }: StepNames, kind: StepKind): void {
  const path = `./steps/${kind}/${name}.ts`;
  insertLines(tree, registryFile, [`import { ${identifier} } from '${path}';`], (lines) => placeOfImport(lines, path));
  const isNewKind = !(tree.read(registryFile, 'utf8') ?? '').includes(`\n  // ${kind}\n`);
  const added = [...(isNewKind ? [`  // ${kind}`] : []), `  ${identifier},`];
  insertLines(tree, registryFile, added, (lines) => placeInList(lines, kind));
}

/** Before the first import that sorts behind it; after the last import where none does. */
function placeOfImport(lines: readonly string[], path: string): number | undefined {
  const paths = lines.map((line) => /^import .* from '(.+)';$/.exec(line)?.[1]);
  const behind = paths.findIndex((other) => other?.startsWith('./steps/') === true && other > path);
  const last = paths.findLastIndex((other) => other !== undefined);
  if (behind !== -1) return behind;
  return last === -1 ? undefined : last + 1;
}

function placeInList(lines: readonly string[], kind: StepKind): number | undefined {
  const start = lines.findIndex((line) => line.startsWith(listStart));
  const end = lines.indexOf(listEnd, start);
  if (start === -1 || end === -1) return undefined;
  const group = lines.indexOf(`  // ${kind}`, start);
  const next = lines.findIndex((line, index) => index > group && line.startsWith('  //'));
  return group === -1 || group > end || next === -1 || next > end ? end : next;
}
