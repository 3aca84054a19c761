import type { AnswerFormat } from './answer-format.ts';
import { answerRows, type Waiting } from './answer-rows.ts';
import type { Answer, Answerer } from './answerer.ts';
import { inOrder } from './in-order.ts';
import type { InputRow } from './input-row.ts';
import type { FailedRow } from './row-failures.ts';
import { splitBatches } from './split-batches.ts';
import type { TextSink } from './text-sink.ts';

export interface PredictParts {
  readonly answerer: Answerer;
  readonly rows: AsyncIterable<readonly InputRow[]>;
  readonly format: AnswerFormat;
  readonly sink: TextSink;
  readonly onFailures: (failed: readonly FailedRow[]) => Promise<void>;
  readonly onProgress: (counts: RowCounts) => void;
  /** Ends the reading: what was asked is still answered and written. */
  readonly signal: AbortSignal;
  readonly waiting: Waiting;
}

export interface RowCounts {
  readonly answered: number;
  readonly failed: number;
}

interface AskedRows {
  readonly rows: readonly InputRow[];
  readonly answers: readonly Answer[];
}

/** Pictures may be large, and each is held several times while it is asked. */
const AT_ONCE = {
  bytesAtOnce: 64 * 2 ** 20,
  sizeBytesOf: (rows: readonly InputRow[]): number => rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
};

/** Reads, asks and writes, all three at once, each no faster than the next; answers in the order of the rows. */
export async function predictRows(parts: PredictParts): Promise<RowCounts> {
  const { answerer, format, sink, signal, waiting } = parts;
  const counts = { answered: 0, failed: 0 };
  const ask = async (rows: readonly InputRow[]): Promise<AskedRows> => ({
    rows,
    answers: await answerRows(answerer, rows, waiting),
  });
  const batches = splitBatches(parts.rows, answerer.limits);
  try {
    for await (const asked of inOrder(batches, ask, { ...AT_ONCE, atOnce: answerer.limits.callsAtOnce, signal })) {
      const { answered, failed } = sorted(asked);
      counts.answered += answered.length;
      counts.failed += failed.length;
      await sink.write(format.rows(answered));
      if (failed.length > 0) await parts.onFailures(failed);
      if (sink.isBroken) break;
      parts.onProgress(counts);
    }
  } catch (error) {
    // What it ended in the middle of has no answer, and needs none.
    if (!signal.aborted) {
      // What is held back is answered. Why the run ends is worth more than what becomes of that.
      if (counts.answered > 0) await sink.write(format.end()).catch(() => undefined);
      throw error;
    }
  }
  if (!signal.aborted || counts.answered > 0) await sink.write(format.end());
  return counts;
}

function sorted({ rows, answers }: AskedRows): {
  answered: Parameters<AnswerFormat['rows']>[0];
  failed: readonly FailedRow[];
} {
  const pairs = rows.map((row, index) => ({ row, answer: answers[index]! }));
  return {
    answered: pairs.flatMap(({ row, answer }) =>
      'outputs' in answer ? [{ kept: row.kept, outputs: answer.outputs }] : [],
    ),
    failed: pairs.flatMap(({ row, answer }) => ('error' in answer ? [{ row, error: answer.error }] : [])),
  };
}
