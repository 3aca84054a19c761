import { isPredictorError } from '@web-single/sdk';
import type { RowProblem } from '@web-single/sdk';
import type { JsonRow } from '../server/model-description.ts';

/** What became of one row. */
export type RowOutcome = { readonly prediction: JsonRow } | { readonly problems: readonly RowProblem[] };

export interface PredictRowsOptions {
  /** One call to the server; what it throws ends everything, except for wrong rows. */
  readonly predict: (rows: readonly JsonRow[]) => PromiseLike<readonly JsonRow[]>;
  readonly chunkRows: number;
}

export interface Chunk {
  /** Index of its first row. */
  readonly from: number;
  readonly outcomes: readonly RowOutcome[];
}

/** Sends the rows a chunk at a time, in order. Wrong rows get their problems; the others of their chunk are sent again without them. */
export async function* predictRows(rows: readonly JsonRow[], options: PredictRowsOptions): AsyncGenerator<Chunk> {
  for (let from = 0; from < rows.length; from += options.chunkRows) {
    yield { from, outcomes: await predictChunk(rows.slice(from, from + options.chunkRows), options.predict) };
  }
}

async function predictChunk(
  rows: readonly JsonRow[],
  predict: PredictRowsOptions['predict'],
): Promise<readonly RowOutcome[]> {
  const problemsOf = new Map<number, readonly RowProblem[]>();
  for (;;) {
    const good = rows.flatMap((_, index) => (problemsOf.has(index) ? [] : [index]));
    if (good.length === 0) return rows.map((_, index) => ({ problems: problemsOf.get(index)! }));
    try {
      const predictions = await predict(good.map((index) => rows[index]!));
      const byRow = new Map(good.map((index, at) => [index, predictions[at]!]));
      return rows.map((_, index) => {
        const prediction = byRow.get(index);
        return prediction === undefined ? { problems: problemsOf.get(index)! } : { prediction };
      });
    } catch (error) {
      if (!noteWrongRows(error, good, problemsOf)) throw error;
    }
  }
}

/** Whether the error names rows that were sent, and so fewer are left. */
function noteWrongRows(
  error: unknown,
  sent: readonly number[],
  problemsOf: Map<number, readonly RowProblem[]>,
): boolean {
  if (!isPredictorError(error) || error.code !== 'INPUT_MISMATCH') return false;
  const before = problemsOf.size;
  for (const problem of error.details) {
    const row = sent[problem.row];
    if (row !== undefined) problemsOf.set(row, [...(problemsOf.get(row) ?? []), problem]);
  }
  return problemsOf.size > before;
}
