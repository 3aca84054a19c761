import { tensorBytes } from '@web-single/tensor';
import type { Row, Tensor } from '@web-single/tensor';
import type { EngineModel } from '../engine-model.ts';
import type { Session, Tensors } from '../session/session.ts';
import { scalarFeeds } from './scalar-feeds.ts';
import type { SplitRuns } from './split-runs.ts';

/** True where the split graph gives for these rows, together and each alone, what the whole one gives, to the bit. False without a row. */
export const answersAlike = async (
  whole: Session,
  split: SplitRuns,
  { sessionInputs }: EngineModel,
  rows: readonly Row[],
): Promise<boolean> => {
  for (const batch of [rows, ...rows.map((row) => [row])]) {
    const feeds = batch.length > 0 ? scalarFeeds(batch, sessionInputs) : undefined;
    if (!feeds) return false;
    try {
      if (!areSame(await whole.run(feeds), (await split.run(batch)) ?? {})) return false;
    } catch {
      return false;
    }
  }
  return true;
};

const areSame = (one: Tensors, other: Tensors): boolean =>
  Object.entries(one).every(([name, tensor]) => {
    const match = other[name];
    return match !== undefined && isSame(tensor, match);
  });

const isSame = (one: Tensor, other: Tensor): boolean => {
  if (one.dtype !== other.dtype || one.shape.join() !== other.shape.join()) return false;
  if (one.dtype === 'string') return one.data.every((text, index) => text === other.data[index]);
  return Buffer.compare(tensorBytes(one), tensorBytes(other)) === 0;
};
