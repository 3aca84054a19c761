import { createPipeline, PreprocessingError } from '@web-single/preprocessing';
import type { Pipeline } from '@web-single/preprocessing';
import type { StepSpec } from '@web-single/preprocessing';
import type { Row } from '@web-single/tensor';
import type { BatchLayout } from './batch/batch-layout.ts';
import { probeLayout } from './batch/probe-layout.ts';
import { advance, SettledRow } from './batch/row-progress.ts';
import { pipelinePhase, runBatch } from './batch/run-batch.ts';
import { runCalls } from './batch/run-calls.ts';
import { answersAlike } from './batch/answers-alike.ts';
import { openSplit } from './batch/split-runs.ts';
import type { SplitRuns } from './batch/split-runs.ts';
import type { EngineModel } from './engine-model.ts';
import type { BatchResult } from './engine.ts';
import { ModelRefusal } from './session/model-refusal.ts';
import { openSession } from './session/session.ts';
import type { Session, Tensors } from './session/session.ts';

/** A model with its pipelines and its session in this process; both placements run it. */
export interface LoadedModel {
  readonly layout: BatchLayout;
  /** True where a step of `before` decodes files. */
  readonly decodes: boolean;
  /** What loading found out and an operator should know. */
  readonly warnings: readonly string[];
  runBatch(rows: readonly Row[]): Promise<BatchResult>;
  /** At the tensor level; `maxRows` where rows do not mix, else `null`. */
  runCalls(calls: readonly Tensors[], maxRows: number | null): Promise<BatchResult>;
  release(): Promise<void>;
}

export interface LoadOptions {
  /** Learnt by an earlier load of the same model; without it `sampleRows` are run to learn it. */
  readonly layout?: BatchLayout;
  readonly sampleRows?: readonly Row[];
}

/** Loads a model in this process. Throws `ModelRefusal` where it cannot be. */
export const loadModel = async (model: EngineModel, { layout, sampleRows = [] }: LoadOptions): Promise<LoadedModel> => {
  const before = buildPipeline('before', model.before);
  const after = buildPipeline('after', model.after);
  const session = await openSession(model);
  const prepared = layout ? [] : await prepare(before, sampleRows);
  const probed = layout ? { layout, warnings: [] } : await probeLayout(session, model, prepared);
  const split = await openProvenSplit(session, model, {
    layout: probed.layout,
    isProven: layout !== undefined,
    rows: prepared,
  });
  const known: BatchLayout = { ...probed.layout, isSplit: split !== undefined };
  return {
    layout: known,
    decodes: before.decodes,
    warnings: probed.warnings,
    runBatch: (batch) => runBatch({ model, session, layout: known, split, before, after }, batch),
    runCalls: (calls, maxRows) => runCalls({ session, layout: known }, calls, maxRows),
    release: async () => {
      await Promise.all([session.release(), split?.release()]);
    },
  };
};

interface SplitProof {
  readonly layout: BatchLayout;
  /** An earlier load has compared, and said so in the layout. */
  readonly isProven: boolean;
  readonly rows: readonly Row[];
}

/** The split graph, where it answers as the whole one does. */
const openProvenSplit = async (
  session: Session,
  model: EngineModel,
  { layout, isProven, rows }: SplitProof,
): Promise<SplitRuns | undefined> => {
  const isWanted = model.split && layout.batched && (!isProven || layout.isSplit);
  const split = isWanted ? await openSplit(model, model.split!) : undefined;
  if (!split || isProven || (await answersAlike(session, split, model, rows))) return split;
  await split.release();
  return undefined;
};

const buildPipeline = (name: 'before' | 'after', specs: readonly StepSpec[]): Pipeline => {
  try {
    return createPipeline(specs);
  } catch (error) {
    if (!(error instanceof PreprocessingError)) throw error;
    throw new ModelRefusal(
      error.problems.map(({ index, pointer, message }) => ({ where: `/${name}/${index}${pointer}`, message })),
    );
  }
};

/** What `before` makes of the rows it does not reject. */
const prepare = async (before: Pipeline, rows: readonly Row[]): Promise<readonly Row[]> => {
  const prepared = await advance(rows, pipelinePhase(before, 'before'));
  return prepared.filter((entry) => !(entry instanceof SettledRow)) as readonly Row[];
};
