import type { ModelIdentity, PredictionTiming } from '@web-single/sdk';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { failureOf, isAborted } from './failure.ts';
import type { Failure } from './failure.ts';
import type { JsonRow } from './model-description.ts';
import { predictor } from './predictor.ts';

export interface Answer {
  readonly prediction: JsonRow;
  readonly model: ModelIdentity;
  readonly timing: PredictionTiming;
  readonly requestId: string | undefined;
  /** From the call to the parsed answer, as the page saw it. */
  readonly roundTripMs: number;
}

export interface Prediction {
  readonly isRunning: boolean;
  readonly answer?: Answer;
  readonly failure?: Failure;
}

/** The last prediction of one model; a newer call cancels the one before. */
export function usePrediction(model: string) {
  const [state, setState] = useState<Prediction>({ isRunning: false });
  const current = useRef(new AbortController());
  useEffect(() => () => current.current.abort(), []);
  const cancel = useCallback((): AbortSignal => {
    current.current.abort();
    current.current = new AbortController();
    return current.current.signal;
  }, []);
  const forget = useCallback(() => {
    cancel();
    setState({ isRunning: false });
  }, []);
  const run = useCallback(
    async (row: JsonRow, version: string | undefined) => {
      const signal = cancel();
      setState((before) => ({ ...before, isRunning: true }));
      try {
        const answer = await askFor(model, row, { signal, ...(version !== undefined && { version }) });
        if (!signal.aborted) setState({ isRunning: false, answer });
      } catch (error) {
        if (!signal.aborted && !isAborted(error)) setState({ isRunning: false, failure: failureOf(error) });
      }
    },
    [model],
  );
  return { ...state, run, forget };
}

async function askFor(
  model: string,
  row: JsonRow,
  options: { signal: AbortSignal; version?: string },
): Promise<Answer> {
  const startMs = performance.now();
  const got = await predictor.model(model).predict(row, options).withResponse();
  const { data: prediction, model: identity, timing, requestId } = got;
  return { prediction, model: identity, timing, requestId, roundTripMs: performance.now() - startMs };
}
