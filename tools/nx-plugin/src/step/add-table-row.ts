import type { Tree } from '@nx/devkit';
import { insertLines } from './edit-lines.ts';
import { stepKinds } from './step-kinds.ts';
import type { StepKind } from './step-kinds.ts';
import { stepsFolder, tableFile } from './step-places.ts';

const tableHead = '| step | parameters | what it does |';

/** The step's line in the table of steps, behind those of its kind. */
export function addTableRow(tree: Tree, name: string, kind: StepKind): void {
  const { parameters, does } = stepKinds[kind];
  const siblings = tree
    .children(`${stepsFolder}/${kind}`)
    .filter((file) => !file.endsWith('.test.ts') && file !== `${name}.ts`)
    .map((file) => `\`${file.replace(/\.ts$/, '')}\``);
  insertLines(tree, tableFile, [`| \`${name}\` | ${parameters} | ${does} |`], (lines) => placeInTable(lines, siblings));
}

function placeInTable(lines: readonly string[], siblings: readonly string[]): number | undefined {
  const head = lines.indexOf(tableHead);
  if (head === -1) return undefined;
  const end = lines.findIndex((line, index) => index > head && !line.startsWith('|'));
  const rows = lines.slice(0, end === -1 ? lines.length : end);
  const last = rows.findLastIndex(
    (line, index) => index > head && siblings.some((name) => firstCell(line).includes(name)),
  );
  return last === -1 ? rows.length : last + 1;
}

function firstCell(line: string): string {
  return line.split('|')[1] ?? '';
}
