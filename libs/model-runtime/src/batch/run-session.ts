import { stack } from '@web-single/tensor';
import type { Row, Tensor } from '@web-single/tensor';
import type { EngineModel } from '../engine-model.ts';
import type { Session, Tensors } from '../session/session.ts';
import type { BatchLayout } from './batch-layout.ts';
import { dropUnitBatch, splitOutput, valueOfOutput } from './split-output.ts';

/** One tensor per session input: a row's share of a run, shapes without the batch where the model has one. */
export type RowTensors = Tensors;

/** Rows of one shape → feeds: stacked to `[rows, …]`, or the only row's own tensors for a model without a batch dim. */
export const feedsOf = (model: EngineModel, rows: readonly RowTensors[]): Tensors =>
  Object.fromEntries(
    model.sessionInputs.map(({ name }) => {
      const tensors = rows.map((row) => row[name]).filter((tensor) => tensor !== undefined);
      return [name, model.batchable ? stack(tensors) : firstOf(tensors)];
    }),
  );

const firstOf = ([tensor]: readonly Tensor[]): Tensor => {
  if (!tensor) throw new Error('This is a bug: a run without rows.');
  return tensor;
};

/** Runs rows of one shape as one batch; one output row each. Throws what the runtime throws. */
export const runSession = async (
  session: Session,
  model: EngineModel,
  layout: BatchLayout,
  rows: readonly RowTensors[],
): Promise<readonly Row[]> => {
  const outputs = await session.run(feedsOf(model, rows));
  const columns = model.sessionOutputs.map(({ name }) => {
    const output = outputs[name];
    if (!output) throw new Error(`The run gave no output "${name}".`);
    return {
      name,
      field: model.signature.output[name],
      tensors: tensorsPerRow(output, layout.axes[name] ?? null, rows.length),
    };
  });
  const isWhole = (name: string): boolean => (layout.axes[name] ?? null) === null;
  return rows.map((_, row) =>
    Object.fromEntries(
      columns.map(({ name, field, tensors }) => {
        const tensor = firstOf(tensors.slice(row, row + 1));
        return [name, valueOfOutput(isWhole(name) && !model.batchable ? dropUnitBatch(tensor, field) : tensor, field)];
      }),
    ),
  );
};

const tensorsPerRow = (output: Tensor, axis: number | null, rows: number): readonly Tensor[] => {
  if (axis !== null) return splitOutput(output, axis, rows);
  if (rows !== 1) throw new Error('This is a bug: an output without a batch axis in a run of several rows.');
  return [output];
};
