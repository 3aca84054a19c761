import type { TensorSpec } from '@web-single/tensor';
import type { EngineModel } from '../engine-model.ts';

/** How rows lie in the tensors of a session: learnt from real runs, because declared dims lie (importing.md §10). */
export interface BatchLayout {
  /** False: each row is one run. */
  readonly batched: boolean;
  /** Per output name the axis along which the rows lie; `null` where the whole output belongs to each row. */
  readonly axes: Readonly<Record<string, number | null>>;
  /** True where the model's split graph gave what the whole one gives, to the bit. */
  readonly isSplit?: boolean;
}

/** What one row gives for each session input: the session's dims without the batch. */
export const rowInputSpecs = ({ sessionInputs, batchable }: EngineModel): readonly TensorSpec[] =>
  batchable ? sessionInputs.map((spec) => ({ ...spec, dims: spec.dims.slice(1) })) : sessionInputs;

/** For a model whose batch dim is fixed: every row is a run, and a first dim of 1 is not part of the answer. */
export const unbatchedLayout = ({ sessionOutputs }: EngineModel): BatchLayout => ({
  batched: false,
  axes: Object.fromEntries(sessionOutputs.map(({ name }) => [name, null])),
});

/** The axis that has 2 elements for 2 rows and 3 for 3, the first where several do; `null` where none does. */
export const axisOfRows = (shapeOfTwo: readonly number[], shapeOfThree: readonly number[]): number | null => {
  const axis = shapeOfTwo.findIndex((size, index) => size === 2 && shapeOfThree[index] === 3);
  return axis === -1 ? null : axis;
};
