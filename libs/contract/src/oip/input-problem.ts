import type { RowProblem } from '@web-single/tensor';
import { ContractError } from '../contract-error.ts';
import { nameInput } from './quote-name.ts';

/** What is wrong with one input: `Input "x" of model "m": expected …, got …. Hint`. */
export interface InputProblem {
  readonly name: string;
  readonly expected: string;
  readonly got: string;
  readonly hint?: string;
}

const maxTold = 5;
const maxDetails = 100;

/** The error that tells all problems: the first of them in its message, several in its details too. */
export function inputMismatch(problems: readonly InputProblem[], modelName: string): ContractError {
  const told = problems.slice(0, maxTold).map(({ name, expected, got, hint }) => {
    const sentence = `${nameInput(name, modelName)}: expected ${expected}, got ${got}.`;
    return hint === undefined ? sentence : `${sentence} ${hint}`;
  });
  const rest = problems.length - told.length;
  const message = rest > 0 ? `${told.join(' ')} And ${rest} more.` : told.join(' ');
  return new ContractError('INPUT_MISMATCH', message, problems.length > 1 ? details(problems) : undefined);
}

function details(problems: readonly InputProblem[]): readonly RowProblem[] {
  return problems
    .slice(0, maxDetails)
    .map(({ name, ...problem }) => ({ row: 0, field: name.slice(0, 64), ...problem }));
}

/** `FP32 [2, 5]`. */
export function describeWire({
  datatype,
  shape,
}: {
  readonly datatype: string;
  readonly shape: readonly number[];
}): string {
  return `${datatype} [${shape.join(', ')}]`;
}
