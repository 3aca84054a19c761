import type { GoldenCase } from '@web-single/model-package';
import type { ModelView } from '@web-single/serving';
import { checkRows } from '@web-single/signature';
import type { Row } from '@web-single/tensor';

/**
 * Golden cases as a caller meets them under overrides: those whose input is still taken, with the answer it gets. They prove
 * the package as it was recorded, so a case that records no scores cannot say what is decided from them.
 */
export function examplesUnder({ signature, overrides }: ModelView, cases: readonly GoldenCase[]): GoldenCase[] {
  if (overrides === undefined) return [...cases];
  const { changeAnswer = unchanged } = overrides;
  const scores = Object.entries(signature.output).flatMap(([name, { type }]) => (type === 'scores' ? [name] : []));
  return cases
    .filter(({ output }) => scores.every((name) => Object.hasOwn(output, name)))
    .filter(({ input }) => 'row' in checkRows(signature, [input])[0]!)
    .map((golden) => ({ ...golden, output: changeAnswer(golden.output) }));
}

const unchanged = (outputs: Row): Row => outputs;
