import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatFiles } from '@nx/devkit';
import type { GeneratorCallback, Tree } from '@nx/devkit';
import { ProblemsError } from '../problems-error.ts';
import { generatedFrom, renewGenerated } from '../renew-generated.ts';
import { addTableRow } from './add-table-row.ts';
import { checkStepName } from './check-step-name.ts';
import { insertLines } from './edit-lines.ts';
import { registerStep } from './register-step.ts';
import { stepKinds } from './step-kinds.ts';
import { stepNames } from './step-names.ts';
import type { StepNames } from './step-names.ts';
import type { StepOptions } from './step-options.ts';
import { examplesFile, stepsFolder } from './step-places.ts';

const templates = join(import.meta.dirname, 'files');

/** Writes a step that works, its tests and its entries. What it returns renews what is generated from the steps once the files are on the disk. */
export async function stepGenerator(tree: Tree, { name, kind = 'tabular' }: StepOptions): Promise<GeneratorCallback> {
  const names = stepNames(name);
  const [step, test] = ['step.ts.template', 'step.test.ts.template'].map((file) => render(join(kind, file), names));
  const problems = checkStepName(tree, name, step!);
  if (problems.length > 0) throw new ProblemsError(problems);
  tree.write(`${stepsFolder}/${kind}/${name}.ts`, step!);
  tree.write(`${stepsFolder}/${kind}/${name}.test.ts`, test!);
  registerStep(tree, names, kind);
  insertLines(tree, examplesFile, [`  ${stepKinds[kind].example(name)}`], placeOfExample);
  addTableRow(tree, name, kind);
  await formatFiles(tree);
  return () => {
    renewGenerated(tree.root, generatedFrom.steps);
    console.log(nextSteps(name, kind));
  };
}

function render(file: string, { name, identifier }: StepNames): string {
  const template = readFileSync(join(templates, file), 'utf8');
  return template.replaceAll('<%= name %>', name).replaceAll('<%= identifier %>', identifier);
}

function placeOfExample(lines: readonly string[]): number | undefined {
  const start = lines.findIndex((line) => line.startsWith('export const stepExamples'));
  const end = lines.indexOf('];', start);
  return start === -1 || end === -1 ? undefined : end;
}

function nextSteps(name: string, kind: string): string {
  return [
    `Step "${name}" works. Change what it computes in ${stepsFolder}/${kind}/${name}.ts, its test beside it,`,
    `its example in ${examplesFile} and its line in libs/preprocessing/README.md; then`,
    '"npx nx run model-package:generate" and "npx nx run-many -t typecheck lint test --projects=preprocessing".',
  ].join('\n');
}
