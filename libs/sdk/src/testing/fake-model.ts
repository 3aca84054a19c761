import type { ModelClient } from '../model-client.ts';
import type { PredictRowsOptions } from '../options.ts';
import { AbortedError } from '../predictor-error.ts';
import { PredictorPromise } from '../predictor-promise.ts';
import type { RowOutcome } from '../row-outcome.ts';
import { identity, timing } from './serve.ts';

export interface FakeCall {
  readonly rows: readonly number[];
  readonly options: PredictRowsOptions;
  /** Answers, as `echo` does where nothing is given. */
  answer(data?: unknown): void;
  fail(error: Error): void;
}

export interface NumberTypes {
  readonly row: number;
  readonly item: number;
  readonly prediction: { readonly of: number };
}

export type FakeModel = ModelClient<NumberTypes> & {
  /** In the order in which they were made. */
  readonly calls: readonly FakeCall[];
};

/** What a model answers that gives back its rows: predictions or, by row, outcomes. */
export const echo = ({ rows, options }: FakeCall): unknown =>
  rows.map((row, index): { of: number } | RowOutcome<{ of: number }> =>
    options.onError === 'row' ? { ok: true, row: index, prediction: { of: row } } : { of: row },
  );

/** A model whose rows are numbers; `onCall` answers, or keeps the call to answer it later. Ends calls whose signal aborts. */
export function fakeModel(onCall: (call: FakeCall) => void = (call) => call.answer()): FakeModel {
  const calls: FakeCall[] = [];
  const predict = (rows: readonly number[], options: PredictRowsOptions = {}): PredictorPromise<unknown> =>
    new PredictorPromise(
      new Promise((resolve, reject) => {
        const withData = (data: unknown) => ({
          data,
          model: identity,
          timing,
          requestId: 'r',
          response: new Response(),
        });
        const call: FakeCall = {
          rows,
          options,
          answer: (data = echo(call)) => resolve(withData(data)),
          fail: reject,
        };
        const abort = (): void => reject(new AbortedError('ABORTED', 'Aborted.', { cause: options.signal?.reason }));
        options.signal?.addEventListener('abort', abort);
        calls.push(call);
        onCall(call);
      }),
    );
  const describe = (): never => {
    throw new Error('Nobody asks for it.');
  };
  return { name: 'numbers', predict: predict as FakeModel['predict'], describe, calls };
}

/** Lets everything happen that waits for nothing. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
