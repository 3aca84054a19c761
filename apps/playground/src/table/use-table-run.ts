import { useEffect, useRef, useState } from 'preact/hooks';
import { failureOf, isAborted } from '../server/failure.ts';
import type { Failure } from '../server/failure.ts';
import type { JsonRow } from '../server/model-description.ts';
import { predictor } from '../server/predictor.ts';
import { predictRows } from './predict-rows.ts';
import type { RowOutcome } from './predict-rows.ts';

const CHUNK_ROWS = 200;

export interface TableRun {
  readonly state: 'idle' | 'running' | 'done' | 'cancelled' | 'failed';
  /** Of the rows so far, in order. */
  readonly outcomes: readonly RowOutcome[];
  readonly failure?: Failure | undefined;
}

const IDLE: TableRun = { state: 'idle', outcomes: [] };

/** Predicts a table, chunk by chunk, until it is done or cancelled. */
export function useTableRun(model: string, version: string | undefined) {
  const [run, setRun] = useState<TableRun>(IDLE);
  const current = useRef(new AbortController());
  useEffect(() => () => current.current.abort(), []);
  const start = async (rows: readonly JsonRow[]) => {
    const { signal } = (current.current = new AbortController());
    const call = { signal, ...(version !== undefined && { version }) };
    const predict = (chunk: readonly JsonRow[]) => predictor.model(model).predict(chunk, call);
    setRun({ state: 'running', outcomes: [] });
    try {
      for await (const { outcomes } of predictRows(rows, { predict, chunkRows: CHUNK_ROWS })) {
        if (signal.aborted) return;
        setRun((before) => ({ ...before, outcomes: [...before.outcomes, ...outcomes] }));
      }
      setRun((before) => ({ ...before, state: 'done' }));
    } catch (error) {
      if (isAborted(error)) return;
      setRun((before) => ({ ...before, state: 'failed', failure: failureOf(error) }));
    }
  };
  const cancel = () => {
    current.current.abort();
    setRun((before) => ({ ...before, state: 'cancelled' }));
  };
  const reset = () => {
    current.current.abort();
    setRun(IDLE);
  };
  return { run, start, cancel, reset };
}
