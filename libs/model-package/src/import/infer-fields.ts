import type { InputField, OutputField } from '@web-single/signature';
import type { Dim, Dtype, TensorSpec } from '@web-single/tensor';
import type { FoundCategories } from '../onnx/find-categories.ts';
import { isScalar, rowDims } from './batch-rule.ts';

const floats: ReadonlySet<Dtype> = new Set(['float16', 'float32', 'float64']);

/** The field a caller fills for one session input: a scalar where it holds one value per row, else a (nested) array. */
export function inputField({ dtype, dims }: TensorSpec, categories: FoundCategories | undefined): InputField {
  const perRow = rowDims(dims);
  if (!isScalar(perRow)) return { type: 'tensor', dtype, dims: perRow };
  if (categories?.closed === true) return { type: 'category', values: categories.values };
  const field = scalarField(dtype);
  if (categories === undefined) return field;
  return { ...field, description: `Known values: ${categories.values.join(', ')}. Any other counts as none of them.` };
}

/** The field a caller gets for one session output under its own name. Believes a declared `[1]` or `[batch]` to be one value per row. */
export function outputField({ dtype, dims }: TensorSpec, batchable: boolean): OutputField {
  const perRow: readonly Dim[] = batchable ? dims.slice(1) : rowDims(dims);
  return isScalar(perRow) ? scalarField(dtype) : { type: 'tensor', dtype, dims: perRow };
}

function scalarField(dtype: Dtype) {
  if (dtype === 'string') return { type: 'text' } as const;
  if (dtype === 'bool') return { type: 'boolean' } as const;
  return floats.has(dtype) ? ({ type: 'number', dtype } as const) : ({ type: 'number', integer: true, dtype } as const);
}
