import { CallError, type Answer, type Answerer, type RowError } from './answerer.ts';
import type { InputProblem, InputRow } from './input-row.ts';

/** Injected, so that tests wait for nothing. */
export interface Waiting {
  /** In [0, 1). */
  readonly random: () => number;
  /** Resolves after so many ms, or as soon as the run is to end. */
  readonly wait: (delayMs: number) => Promise<void>;
  /** True once the run is to end: then nothing is asked again. Ctrl-C ends engines, too. */
  readonly isOver: () => boolean;
}

const MOST_TRIES = 6;
const MOST_DELAY_MS = 10_000;

/** One answer a row, in order. Rejects with `CallError` where that is no row's fault and trying again does not help. */
export async function answerRows(
  answerer: Answerer,
  rows: readonly InputRow[],
  waiting: Waiting,
): Promise<readonly Answer[]> {
  const asked = rows.filter(({ problem }) => problem === undefined).map(({ value }) => value);
  const answers = asked.length === 0 ? [] : await ask(answerer, asked, waiting);
  let next = 0;
  return rows.map(({ problem }) => (problem === undefined ? answers[next++]! : { error: unread(problem) }));
}

function unread(problem: InputProblem): RowError {
  return { code: 'INVALID_REQUEST', message: `Expected ${problem.expected}, got ${problem.got}.`, problems: [problem] };
}

/** Asks again while the model is only busy; a call that fails for what is in it is halved, until one row has the fault. */
async function ask(answerer: Answerer, rows: readonly unknown[], waiting: Waiting): Promise<readonly Answer[]> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await answerer.predict(rows);
    } catch (error) {
      if (!(error instanceof CallError) || waiting.isOver()) throw error;
      const { code, message, problems, retryAfterMs } = error;
      if (isOfRows(error)) {
        if (rows.length === 1) return [{ error: { code: code as RowError['code'], message, problems } }];
        const half = rows.length >> 1;
        const first = await ask(answerer, rows.slice(0, half), waiting);
        return [...first, ...(await ask(answerer, rows.slice(half), waiting))];
      }
      if (retryAfterMs === undefined || tried === MOST_TRIES) throw error;
      await waiting.wait(delayMs(retryAfterMs, tried, waiting.random()));
    }
  }
}

const CODES_OF_ROWS: readonly CallError['code'][] = [
  'INPUT_MISMATCH',
  'PAYLOAD_TOO_LARGE',
  'INFERENCE_FAILED',
  'ENGINE_CRASHED',
  'DEADLINE_EXCEEDED',
];

const isOfRows = ({ code }: CallError): boolean => CODES_OF_ROWS.includes(code);

/** Doubles with every try; never all callers at the same moment. */
function delayMs(retryAfterMs: number, tried: number, random: number): number {
  return Math.min(MOST_DELAY_MS, retryAfterMs * 2 ** (tried - 1)) * (0.5 + random / 2);
}
