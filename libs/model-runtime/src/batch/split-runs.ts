import type { SplitGraph } from '@web-single/model-package';
import { createData } from '@web-single/tensor';
import type { Row, Tensor, TensorSpec } from '@web-single/tensor';
import type { EngineModel } from '../engine-model.ts';
import { openSession } from '../session/session.ts';
import type { Session, Tensors } from '../session/session.ts';
import { fillFloats, scalarFeeds } from './scalar-feeds.ts';
import { TextTable } from './text-table.ts';

/** Runs a model's split graph. */
export interface SplitRuns {
  /** The outputs of the whole graph for these rows. Undefined where it has to run whole: a value is no plain scalar, or a text is new and no room is left. */
  run(rows: readonly Row[]): Promise<Tensors | undefined>;
  release(): Promise<void>;
}

/** Opens both parts. Undefined where the runtime takes one of them for something else than was planned. */
export const openSplit = async (model: EngineModel, split: SplitGraph): Promise<SplitRuns | undefined> => {
  const rest = await openRest(model, split).catch(() => undefined);
  const text = rest && split.text && (await openText(model, split.text).catch(() => undefined));
  if (rest === undefined || (split.text && !text)) {
    await rest?.release();
    return undefined;
  }
  const table = text && new TextTable(text);
  const columns = keptColumns(model, split);
  return {
    async run(rows) {
      const blocks = blockFeeds(split.rest.blocks, rows);
      const others = blocks && scalarFeeds(rows, columns);
      const texts = others && table ? await table.outputsFor(rows) : {};
      return others && texts && rest.run({ ...blocks, ...others, ...texts });
    },
    release: async () => {
      await Promise.all([rest.release(), text?.release()]);
    },
  };
};

const openRest = (model: EngineModel, split: SplitGraph): Promise<Session> =>
  openSession({
    modelPath: model.modelPath,
    rewrittenModel: split.rest.model,
    sessionInputs: [
      ...split.rest.blocks.map(({ name, dtype }) => ({ name, dtype, dims: [null, null] })),
      ...keptColumns(model, split),
      ...(split.text?.outputs ?? []).map(floatColumns),
    ],
    sessionOutputs: model.sessionOutputs,
  });

const keptColumns = ({ sessionInputs }: EngineModel, { rest }: SplitGraph): readonly TensorSpec[] =>
  sessionInputs.filter(({ name }) => rest.columns.includes(name));

const openText = (model: EngineModel, text: NonNullable<SplitGraph['text']>): Promise<Session> =>
  openSession({
    modelPath: model.modelPath,
    rewrittenModel: text.model,
    sessionInputs: text.inputs.map((name) => ({ name, dtype: 'string' as const, dims: [null, 1] })),
    sessionOutputs: text.outputs.map(floatColumns),
  });

const floatColumns = (name: string) => ({ name, dtype: 'float32' as const, dims: [null, null] });

/** One `[rows, columns]` per block. */
const blockFeeds = (blocks: SplitGraph['rest']['blocks'], rows: readonly Row[]): Tensors | undefined => {
  const feeds: Record<string, Tensor> = {};
  for (const { name, dtype, columns } of blocks) {
    const data = createData(dtype, rows.length * columns.length);
    for (const [column, field] of columns.entries()) {
      if (!fillFloats(data, rows, field, { start: column, stride: columns.length })) return undefined;
    }
    feeds[name] = { dtype, shape: [rows.length, columns.length], data } as Tensor;
  }
  return feeds;
};
