import type { Row } from '@web-single/tensor';
import type { EngineModel } from '../engine-model.ts';
import type { Session } from '../session/session.ts';
import { axisOfRows, rowInputSpecs, unbatchedLayout } from './batch-layout.ts';
import type { BatchLayout } from './batch-layout.ts';
import { rowTensors } from './row-tensors.ts';
import { feedsOf } from './run-session.ts';
import type { RowTensors } from './run-session.ts';

export interface ProbedLayout {
  readonly layout: BatchLayout;
  readonly warnings: readonly string[];
}

/**
 * Learns along which axis of each output the rows lie, by running one prepared row twice over and three times over.
 * Where that fails or an output follows no axis, each row becomes a run of its own.
 */
export const probeLayout = async (
  session: Session,
  model: EngineModel,
  rows: readonly Row[],
): Promise<ProbedLayout> => {
  const alone = unbatchedLayout(model);
  if (!model.batchable) return { layout: alone, warnings: [] };
  const specs = rowInputSpecs(model);
  const shaped = rows.map((row) => rowTensors(row, specs)).find((row) => 'tensors' in row);
  if (!shaped)
    return {
      layout: declaredLayout(model),
      warnings: ['No sample row fits the inputs: the batch axis is taken from the graph, unproven.'],
    };
  try {
    const [two, three] = [
      await shapesOf(session, model, shaped.tensors, 2),
      await shapesOf(session, model, shaped.tensors, 3),
    ];
    return fromShapes(model, two, three);
  } catch {
    return {
      layout: { batched: false, axes: declaredLayout(model).axes },
      warnings: ['A run of two rows fails: batching is off, each row is a run of its own.'],
    };
  }
};

type Shapes = Readonly<Record<string, readonly number[]>>;

const shapesOf = async (session: Session, model: EngineModel, row: RowTensors, count: number): Promise<Shapes> => {
  const outputs = await session.run(feedsOf(model, new Array<RowTensors>(count).fill(row)));
  return Object.fromEntries(Object.entries(outputs).map(([name, { shape }]) => [name, shape]));
};

const fromShapes = (model: EngineModel, two: Shapes, three: Shapes): ProbedLayout => {
  const axes = Object.fromEntries(
    model.sessionOutputs.map(({ name }) => [name, axisOfRows(two[name] ?? [], three[name] ?? [])]),
  );
  const without = Object.keys(axes).filter((name) => axes[name] === null);
  const warnings = without.map(
    (name) => `No axis of the output "${name}" follows the rows: batching is off, the whole output is each row's.`,
  );
  return { layout: { batched: without.length === 0, axes }, warnings };
};

/** The first dim of every output that has one: what the graph claims. */
const declaredLayout = ({ sessionOutputs }: EngineModel): BatchLayout => ({
  batched: true,
  axes: Object.fromEntries(sessionOutputs.map(({ name, dims }) => [name, dims.length > 0 ? 0 : null])),
});
