import { describe, expect, it } from 'vitest';
import { CallError, type Answer, type Answerer } from './answerer.ts';
import { answerRows } from './answer-rows.ts';
import type { InputRow } from './input-row.ts';

const row = (value: unknown, more: Partial<InputRow> = {}): InputRow => ({
  place: { file: 'x' },
  value,
  kept: {},
  sizeBytes: 1,
  ...more,
});

/** Answers every row with itself, unless `refuse` says why the call has no answers. */
function answererThat(refuse: (rows: readonly unknown[], call: number) => CallError | undefined) {
  const calls: (readonly unknown[])[] = [];
  const answerer: Answerer = {
    name: 'echo',
    signature: { input: {}, output: {} },
    limits: { maxRows: 8, maxBytes: 1000, callsAtOnce: 1 },
    predict(rows) {
      calls.push(rows);
      const error = refuse(rows, calls.length);
      return error === undefined
        ? Promise.resolve(rows.map((value): Answer => ({ outputs: { value: value as number } })))
        : Promise.reject(error);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return { answerer, calls };
}

const waits = () => {
  const delays: number[] = [];
  return {
    delays,
    random: () => 1,
    isOver: () => false,
    wait: (delayMs: number) => Promise.resolve(void delays.push(delayMs)),
  };
};

describe('answerRows', () => {
  it('puts the answers between the rows that could not be read, which are not asked', async () => {
    const { answerer, calls } = answererThat(() => undefined);
    const problem = { field: '', expected: '2 cells', got: '1' };
    const answers = await answerRows(answerer, [row(1), row(null, { problem }), row(3)], waits());
    expect(calls).toEqual([[1, 3]]);
    expect(answers).toMatchObject([
      { outputs: { value: 1 } },
      { error: { problems: [problem] } },
      { outputs: { value: 3 } },
    ]);
  });

  it('asks a busy model again, later each time', async () => {
    const busy = new CallError('OVERLOADED', 'busy', { retryAfterMs: 100 });
    const { answerer, calls } = answererThat((_, call) => (call < 4 ? busy : undefined));
    const waiting = waits();
    expect(await answerRows(answerer, [row(1)], waiting)).toEqual([{ outputs: { value: 1 } }]);
    expect(calls).toHaveLength(4);
    expect(waiting.delays).toEqual([100, 200, 400]);
  });

  it('gives up after six tries', async () => {
    const { answerer, calls } = answererThat(() => new CallError('CONNECTION_FAILED', 'gone', { retryAfterMs: 1 }));
    await expect(answerRows(answerer, [row(1)], waits())).rejects.toThrow('gone');
    expect(calls).toHaveLength(6);
  });

  it('halves a call until the row with the fault is alone', async () => {
    const { answerer } = answererThat((rows) =>
      rows.includes(5) ? new CallError('ENGINE_CRASHED', 'crashed') : undefined,
    );
    const answers = await answerRows(
      answerer,
      [1, 2, 3, 4, 5, 6, 7].map((value) => row(value)),
      waits(),
    );
    expect(answers.map((answer) => ('error' in answer ? answer.error.code : answer.outputs['value']))).toEqual([
      1,
      2,
      3,
      4,
      'ENGINE_CRASHED',
      6,
      7,
    ]);
  });

  it('takes an engine that ends with the run for the end, not for a fault of its rows', async () => {
    const { answerer, calls } = answererThat(() => new CallError('ENGINE_CRASHED', 'crashed'));
    const over = { ...waits(), isOver: () => true };
    await expect(answerRows(answerer, [row(1), row(2)], over)).rejects.toThrow('crashed');
    expect(calls).toHaveLength(1);
  });

  it('does not ask again what will be refused again', async () => {
    const { answerer, calls } = answererThat(() => new CallError('MODEL_NOT_FOUND', 'no such model'));
    await expect(answerRows(answerer, [row(1), row(2)], waits())).rejects.toThrow('no such model');
    expect(calls).toHaveLength(1);
  });
});
