import type { Row, RowProblem } from '@web-single/tensor';
import { checkRows } from '../check-rows.ts';
import type { InputField } from '../field.ts';
import type { Signature } from '../signature.ts';

/** Checks one row and gives its problems; none where it passes. */
export function problemsOf(signature: Signature, row: unknown): readonly RowProblem[] {
  const [check] = checkRows(signature, [row]);
  return check !== undefined && 'problems' in check ? check.problems : [];
}

/** Checks one row and gives it back; `undefined` where it is refused. */
export function checkedRow(signature: Signature, row: unknown): Row | undefined {
  const [check] = checkRows(signature, [row]);
  return check !== undefined && 'row' in check ? check.row : undefined;
}

/** A signature with the one field `x`. */
export function fieldOnly(field: InputField): Signature {
  return { input: { x: field }, output: {} };
}
