import type { Row } from '@web-single/tensor';
import type { RowOutcome } from '../engine.ts';

/** A row that goes no further: it has a problem, or a failure of its own. */
export class SettledRow {
  readonly outcome: Exclude<RowOutcome, { readonly outputs: Row }>;

  constructor(outcome: SettledRow['outcome']) {
    this.outcome = outcome;
  }
}

/** A row on its way through an engine. */
export type RowProgress = Row | SettledRow;

/** Takes the rows that still go on; gives what became of each, in order. */
export type Phase = (rows: readonly Row[]) => Promise<readonly RowProgress[]>;

export const failed = (message: string): SettledRow =>
  new SettledRow({ failure: { code: 'INFERENCE_FAILED', message } });

/** Applies a phase to the rows that still go on and leaves the settled ones where they are. */
export const advance = async (progress: readonly RowProgress[], phase: Phase): Promise<readonly RowProgress[]> => {
  const live = progress.filter((entry) => !(entry instanceof SettledRow)) as readonly Row[];
  if (live.length === 0) return progress;
  const results = await phase(live);
  let taken = 0;
  return progress.map((entry) =>
    entry instanceof SettledRow ? entry : (results[taken++] ?? failed('The row got no answer.')),
  );
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
