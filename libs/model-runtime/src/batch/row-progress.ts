import type { Row } from '@web-single/tensor';
import type { RowOutcome } from '../engine.ts';

/** A row on its way through an engine: still going, or settled by a problem or a failure of its own. */
export type RowProgress = { readonly row: Row } | Exclude<RowOutcome, { readonly outputs: Row }>;

/** Takes the rows that still go on; gives what became of each, in order. */
export type Phase = (rows: readonly Row[]) => Promise<readonly RowProgress[]>;

export const failed = (message: string): RowProgress => ({ failure: { code: 'INFERENCE_FAILED', message } });

/** Applies a phase to the rows that still go on and leaves the settled ones where they are. */
export const advance = async (progress: readonly RowProgress[], phase: Phase): Promise<readonly RowProgress[]> => {
  const live: Row[] = [];
  for (const entry of progress) if ('row' in entry) live.push(entry.row);
  if (live.length === 0) return progress;
  const results = await phase(live);
  let taken = 0;
  return progress.map((entry) => ('row' in entry ? (results[taken++] ?? failed('The row got no answer.')) : entry));
};

/** Runs a phase over all rows; where that throws, over each row alone, so that only the row at fault fails. */
export const isolating =
  (phase: Phase, describe: (error: unknown) => string): Phase =>
  async (rows) => {
    try {
      return await phase(rows);
    } catch (error) {
      if (rows.length === 1) return [failed(describe(error))];
    }
    const results: RowProgress[] = [];
    for (const row of rows) results.push(...(await isolating(phase, describe)([row])));
    return results;
  };
