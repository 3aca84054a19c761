import { useMemo, useState } from 'preact/hooks';
import { FailureAlert } from '../shell/failure-alert.tsx';
import type { ModelDescription } from '../server/model-description.ts';
import { ColumnReport } from './column-report.tsx';
import { downloadText } from './download-text.ts';
import { matchColumns } from './match-columns.ts';
import type { RowOutcome } from './predict-rows.ts';
import { readCsv } from './read-csv.ts';
import { ResultTable } from './result-table.tsx';
import { rowOfRecord } from './row-of-record.ts';
import { sampleCsv } from './sample-csv.ts';
import { tableHint } from './table-hint.ts';
import { TableInput } from './table-input.tsx';
import { useTableRun } from './use-table-run.ts';
import type { TableRun } from './use-table-run.ts';
import { writeCsv } from './write-csv.ts';

export interface TablePanelProps {
  readonly description: ModelDescription;
  readonly version: string | undefined;
}

/** A CSV in, a table with predictions out. */
export function TablePanel({ description, version }: TablePanelProps) {
  const { name, examples, signature } = description;
  const { run, start, cancel, reset } = useTableRun(name, version);
  const [text, setText] = useState('');
  const csv = useMemo(() => readCsv(text), [text]);
  const match = useMemo(() => matchColumns(csv.columns, signature.input), [csv, signature]);
  const sample = useMemo(() => sampleCsv(signature.input, examples), [description]);
  const canStart = csv.records.length > 0 && match.missing.length === 0;
  const change = (next: string) => {
    reset();
    setText(next);
  };
  const predict = () => void start(csv.records.map((record) => rowOfRecord(record, match.columnOf, signature.input)));
  return (
    <div class="table-panel">
      <TableInput {...{ sample, text }} hint={tableHint(signature.input)} onText={change} />
      {csv.columns.length > 0 && <ColumnReport match={match} rowCount={csv.records.length} />}
      <Actions
        run={run}
        onCancel={cancel}
        onPredict={canStart ? predict : undefined}
        onDownload={() => downloadText(writeCsv(csv, run.outcomes, signature.output), `${name}-predictions.csv`)}
      />
      {run.state !== 'idle' && <Progress outcomes={run.outcomes} total={csv.records.length} state={run.state} />}
      {run.failure !== undefined && <FailureAlert failure={run.failure} />}
      {run.outcomes.length > 0 && <ResultTable csv={csv} outcomes={run.outcomes} outputs={signature.output} />}
    </div>
  );
}

interface ActionsProps {
  readonly run: TableRun;
  readonly onCancel: () => void;
  /** Undefined while there is nothing that could be predicted. */
  readonly onPredict: (() => void) | undefined;
  readonly onDownload: () => void;
}

function Actions({ run, onCancel, onPredict, onDownload }: ActionsProps) {
  const isRunning = run.state === 'running';
  return (
    <div class="actions">
      {isRunning ? (
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      ) : (
        <button type="button" class="button is-primary" disabled={onPredict === undefined} onClick={onPredict}>
          Predict the table
        </button>
      )}
      {run.outcomes.length > 0 && !isRunning && (
        <button type="button" class="button" onClick={onDownload}>
          Download as CSV
        </button>
      )}
    </div>
  );
}

function Progress({ outcomes, total, state }: { outcomes: readonly RowOutcome[]; total: number; state: string }) {
  const wrong = outcomes.filter((outcome) => 'problems' in outcome).length;
  const words =
    state === 'running' ? '' : state === 'done' ? 'Done: ' : state === 'cancelled' ? 'Cancelled: ' : 'Stopped: ';
  return (
    <div class="progress">
      <progress max={total} value={outcomes.length} aria-label="Rows predicted" />
      <p role="status">
        {words}
        {outcomes.length.toLocaleString('en')} of {total.toLocaleString('en')} rows
        {wrong > 0 && `, ${wrong.toLocaleString('en')} with errors`}
      </p>
    </div>
  );
}
