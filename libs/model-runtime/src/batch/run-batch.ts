import type { Pipeline } from '@web-single/preprocessing';
import { RowRejection } from '@web-single/preprocessing';
import type { Row } from '@web-single/tensor';
import type { EngineModel } from '../engine-model.ts';
import type { BatchResult, RowOutcome } from '../engine.ts';
import type { Session, Tensors } from '../session/session.ts';
import { describeRunFailure } from '../session/session-error.ts';
import { rowInputSpecs } from './batch-layout.ts';
import type { BatchLayout } from './batch-layout.ts';
import { advance, failed, isolating, SettledRow } from './row-progress.ts';
import type { Phase, RowProgress } from './row-progress.ts';
import { rowTensors, shapeKey } from './row-tensors.ts';
import type { ShapedRow } from './row-tensors.ts';
import { rowsOfOutputs, runSession } from './run-session.ts';
import type { RowTensors } from './run-session.ts';
import { scalarFeeds, takesScalars } from './scalar-feeds.ts';
import type { SplitRuns } from './split-runs.ts';

/** All that a batch needs of a loaded model. */
export interface BatchModel {
  readonly model: EngineModel;
  readonly session: Session;
  readonly layout: BatchLayout;
  readonly split?: SplitRuns | undefined;
  readonly before: Pipeline;
  readonly after: Pipeline;
}

/**
 * Rows → before → stack → session.run → unstack → after → one outcome per row, in order. Rows of different shapes run as
 * batches of their own; where a batch throws, its rows run alone, so that a bad one harms no other. Never throws.
 */
export const runBatch = async (batch: BatchModel, rows: readonly Row[]): Promise<BatchResult> => {
  const startMs = performance.now();
  const prepared = await advance(rows, pipelinePhase(batch.before, 'before'));
  const preparedMs = performance.now();
  const answered = await advance(prepared, sessionPhase(batch));
  const answeredMs = performance.now();
  const finished = await advance(answered, pipelinePhase(batch.after, 'after'));
  return {
    outcomes: finished.map((entry): RowOutcome => (entry instanceof SettledRow ? entry.outcome : { outputs: entry })),
    timing: {
      beforeMs: preparedMs - startMs,
      runMs: answeredMs - preparedMs,
      afterMs: performance.now() - answeredMs,
    },
  };
};

/** The steps before or after the session; a step that throws where it should reject fails the row at fault. */
export const pipelinePhase = (pipeline: Pipeline, name: 'before' | 'after'): Phase =>
  isolating(
    async (rows) =>
      (await pipeline.run(rows)).map((outcome) =>
        outcome instanceof RowRejection ? new SettledRow({ problem: outcome.problem }) : outcome,
      ),
    () => `A step of the pipeline "${name}" failed on this row.`,
  );

const sessionPhase =
  (batch: BatchModel): Phase =>
  async (rows) => {
    const { model, layout } = batch;
    const outputs = layout.batched ? await runColumns(batch, rows).catch(() => undefined) : undefined;
    if (outputs) return rowsOfOutputs(outputs, model, { layout, count: rows.length });
    const specs = rowInputSpecs(batch.model);
    const shaped = rows.map((row) => rowTensors(row, specs));
    const results: RowProgress[] = shaped.map((row) => ('problem' in row ? new SettledRow(row) : failed(noAnswer)));
    for (const indices of groupByShape(shaped, batch.layout.batched)) {
      const outputs = await runGroup(
        batch,
        indices.map((index) => tensorsAt(shaped, index)),
      );
      indices.forEach((index, position) => {
        results[index] = outputs[position] ?? failed(noAnswer);
      });
    }
    return results;
  };

/** All rows in one run, by column. Undefined where a row is not all scalars: the long way says what it is. */
const runColumns = async (
  { session, split, model }: BatchModel,
  rows: readonly Row[],
): Promise<Tensors | undefined> => {
  const outputs = await split?.run(rows);
  if (outputs) return outputs;
  const feeds = takesScalars(model.sessionInputs) ? scalarFeeds(rows, model.sessionInputs) : undefined;
  return feeds && session.run(feeds);
};

const noAnswer = 'The model gave no answer for this row.';

const runGroup = (
  { session, model, layout }: BatchModel,
  group: readonly RowTensors[],
): Promise<readonly RowProgress[]> => {
  const run: Phase = (rows) => runSession(session, model, layout, rows as readonly RowTensors[]);
  return isolating(run, describeRunFailure)(group);
};

/** Indices of rows that can run together, in order of arrival: of one shape with batching, else each alone. */
const groupByShape = (rows: readonly ShapedRow[], batched: boolean): readonly (readonly number[])[] => {
  const groups = new Map<string, number[]>();
  rows.forEach((row, index) => {
    if ('problem' in row) return;
    const key = batched ? shapeKey(row.tensors) : String(index);
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  return [...groups.values()];
};

const tensorsAt = (rows: readonly ShapedRow[], index: number): RowTensors => {
  const row = rows[index];
  if (!row || 'problem' in row) throw new Error('This is a bug: a row with a problem in a group.');
  return row.tensors;
};
