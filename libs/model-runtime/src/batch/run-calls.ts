import { concat, sliceRows } from '@web-single/tensor';
import type { Tensor } from '@web-single/tensor';
import type { BatchResult, RowOutcome } from '../engine.ts';
import { describeRunFailure } from '../session/session-error.ts';
import type { Session, Tensors } from '../session/session.ts';
import type { BatchLayout } from './batch-layout.ts';

/** What calls at the tensor level need of a loaded model: neither `before` nor `after` is theirs. */
export interface CallModel {
  readonly session: Session;
  readonly layout: BatchLayout;
}

/**
 * Calls at the tensor level → one outcome per call, in order: its outputs as the session gave them. With `maxRows` calls of
 * equal row shapes run as one, and a longer call in pieces of so many rows; without, each call is one run. Never throws.
 */
export const runCalls = async (
  { session, layout }: CallModel,
  calls: readonly Tensors[],
  maxRows: number | null,
): Promise<BatchResult> => {
  const startMs = performance.now();
  const run = (feeds: Tensors): Promise<Tensors> => session.run(feeds);
  const outcomes: RowOutcome[] = calls.map(() => noAnswer);
  const mayJoin = maxRows !== null && rowsComeFirst(layout);
  for (const indices of groupCalls(calls, mayJoin)) {
    const group = indices.map((index) => calls[index] ?? {});
    const answers = await (mayJoin ? runJoined(run, group, maxRows) : runEach(run, group));
    indices.forEach((index, position) => (outcomes[index] = answers[position] ?? noAnswer));
  }
  return { outcomes, timing: { beforeMs: 0, runMs: performance.now() - startMs, afterMs: 0 } };
};

type Run = (feeds: Tensors) => Promise<Tensors>;

const noAnswer: RowOutcome = { failure: { code: 'INFERENCE_FAILED', message: 'The model gave no answer.' } };

/** Rows a call brings: the first dim of its first input, 1 where it has none. */
export const rowsOfCall = (call: Tensors): number => Object.values(call)[0]?.shape[0] ?? 1;

/** True where the rows of every output lie along its first axis, so that outputs can be cut and joined like inputs. */
export const rowsComeFirst = ({ batched, axes }: BatchLayout): boolean =>
  batched && Object.values(axes).every((axis) => axis === 0);

/** Indices of calls that run together. */
const groupCalls = (calls: readonly Tensors[], mayJoin: boolean): readonly (readonly number[])[] => {
  const groups = new Map<string, number[]>();
  calls.forEach((call, index) => {
    const key = mayJoin ? rowShapeKey(call) : String(index);
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  return [...groups.values()];
};

const rowShapeKey = (call: Tensors): string =>
  Object.values(call)
    .map(({ shape }) => shape.slice(1).join(','))
    .join(';');

const runEach = async (run: Run, calls: readonly Tensors[]): Promise<RowOutcome[]> => {
  const outcomes: RowOutcome[] = [];
  for (const call of calls) {
    try {
      outcomes.push({ outputs: await run(call) });
    } catch (error) {
      outcomes.push({ failure: { code: 'INFERENCE_FAILED', message: describeRunFailure(error) } });
    }
  }
  return outcomes;
};

/** One run for all; where it throws, a run for each, so that the call at fault fails alone. */
const runJoined = async (run: Run, calls: readonly Tensors[], maxRows: number): Promise<readonly RowOutcome[]> => {
  const inPieces: Run = (feeds) => runInPieces(run, feeds, maxRows);
  if (calls.length === 1) return runEach(inPieces, calls);
  try {
    const outputs = await inPieces(mapByName(calls, concat));
    let from = 0;
    return calls.map((call) => {
      const to = from + rowsOfCall(call);
      const cut = mapByName([outputs], ([tensor]) => sliceRows(tensor!, from, to));
      from = to;
      return { outputs: cut };
    });
  } catch {
    return runEach(inPieces, calls);
  }
};

/** At most `maxRows` rows a run: between two runs the thread is free for others. */
const runInPieces = async (run: Run, feeds: Tensors, maxRows: number): Promise<Tensors> => {
  const rows = rowsOfCall(feeds);
  if (rows <= maxRows) return run(feeds);
  const pieces: Tensors[] = [];
  for (let from = 0; from < rows; from += maxRows) {
    const to = Math.min(rows, from + maxRows);
    pieces.push(await run(mapByName([feeds], ([tensor]) => sliceRows(tensor!, from, to))));
  }
  return mapByName(pieces, concat);
};

/** Tensors of one name of all the parts → one tensor; the names are those of the first part. */
const mapByName = (parts: readonly Tensors[], combine: (tensors: readonly Tensor[]) => Tensor): Tensors =>
  Object.fromEntries(
    Object.keys(parts[0] ?? {}).map((name) => [
      name,
      combine(parts.flatMap((part) => (part[name] === undefined ? [] : [part[name]]))),
    ]),
  );
