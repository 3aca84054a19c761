import type { InputField, OutputField, Signature } from '@web-single/signature';
import type { TensorMetadata } from './model-facts.ts';
import { rowSpec } from './row-spec.ts';
import type { RowSpec } from './row-spec.ts';

/** A field as the protocol sees it: one tensor with the rows in front. */
export interface RowTensor extends TensorMetadata {
  /** May be left out. */
  readonly optional?: true;
}

/** What a model takes and gives at the row level, in the order of its signature. */
export interface RowLevel {
  readonly inputs: readonly RowTensor[];
  readonly outputs: readonly RowTensor[];
}

export function rowLevel(signature: Signature): RowLevel {
  const tensors = (fields: Readonly<Record<string, InputField | OutputField>>): readonly RowTensor[] =>
    Object.entries(fields).map(([name, field]) => rowTensor(rowSpec(name, field, signature)));
  return { inputs: tensors(signature.input), outputs: tensors(signature.output) };
}

export function rowTensor({ name, datatype, shape, optional }: RowSpec): RowTensor {
  return { name, datatype, shape, ...(optional && { optional }) };
}
