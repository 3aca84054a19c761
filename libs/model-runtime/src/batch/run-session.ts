import { rowMaker, stack } from '@web-single/tensor';
import type { Row, Tensor, Value } from '@web-single/tensor';
import type { EngineModel } from '../engine-model.ts';
import type { Session, Tensors } from '../session/session.ts';
import type { BatchLayout } from './batch-layout.ts';
import { dropUnitBatch, leadingValues, splitOutput, valueOfOutput } from './split-output.ts';

/** One tensor per session input: a row's share of a run, shapes without the batch where the model has one. */
export type RowTensors = Tensors;

/** Rows of one shape → feeds, valid as long as the rows: stacked to `[rows, …]`, or the only row's own tensors for a model without a batch dim. */
export const feedsOf = (model: EngineModel, rows: readonly RowTensors[]): Tensors =>
  Object.fromEntries(
    model.sessionInputs.map(({ name }) => {
      const tensors = rows.map((row) => row[name]).filter((tensor) => tensor !== undefined);
      return [name, model.batchable ? batchOf(tensors) : firstOf(tensors)];
    }),
  );

/** `[rows, …]`; one row alone is a view of its own memory, which the session only reads. */
const batchOf = (tensors: readonly Tensor[]): Tensor => {
  const [only] = tensors;
  return only && tensors.length === 1 ? ({ ...only, shape: [1, ...only.shape] } as Tensor) : stack(tensors);
};

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
  return rowsOfOutputs(await session.run(feedsOf(model, rows)), model, { layout, count: rows.length });
};

/** The outputs of a run of `count` rows → a row for each. */
export const rowsOfOutputs = (
  outputs: Tensors,
  model: EngineModel,
  { layout, count }: { readonly layout: BatchLayout; readonly count: number },
): readonly Row[] => {
  const columns = model.sessionOutputs.map(({ name }) => {
    const output = outputs[name];
    if (!output) throw new Error(`The run gave no output "${name}".`);
    return valuesPerRow(output, layout.axes[name] ?? null, { model, name, count });
  });
  const makeRow = rowMaker(model.sessionOutputs.map(({ name }) => name));
  return Array.from({ length: count }, (_, row) => makeRow((column) => columns[column]![row]!));
};

const valuesPerRow = (
  output: Tensor,
  axis: number | null,
  { model, name, count }: { readonly model: EngineModel; readonly name: string; readonly count: number },
): readonly Value[] => {
  const field = model.signature.output[name];
  if (axis === 0) return leadingValues(output, count, field);
  if (axis !== null) return splitOutput(output, axis, count).map((tensor) => valueOfOutput(tensor, field));
  if (count !== 1) throw new Error('This is a bug: an output without a batch axis in a run of several rows.');
  return [valueOfOutput(model.batchable ? output : dropUnitBatch(output, field), field)];
};
