import type { Row, Tensor, TensorSpec } from '@web-single/tensor';
import type { RowTensors } from './run-session.ts';
import { shapeValue } from './shape-value.ts';
import type { ValueProblem } from './shape-value.ts';

/** A row ready to be stacked, or what keeps it from being so. */
export type ShapedRow = { readonly tensors: RowTensors } | { readonly problem: ValueProblem };

/** A row after `before` → one tensor per session input, or the first problem. `specs` are those of one row. */
export const rowTensors = (row: Row, specs: readonly TensorSpec[]): ShapedRow => {
  const tensors: Record<string, Tensor> = {};
  for (const spec of specs) {
    const value = Object.hasOwn(row, spec.name) ? row[spec.name] : undefined;
    const shaped = shapeValue(value, spec);
    if (!('dtype' in shaped)) return { problem: shaped };
    tensors[spec.name] = shaped;
  }
  return { tensors };
};

/** Equal for rows that can be stacked: the shapes of all inputs. */
export const shapeKey = (row: RowTensors): string => {
  let key = '';
  for (const name in row) key += `${row[name]?.shape.join(',')};`;
  return key;
};
