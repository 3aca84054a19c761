import { useMemo, useState } from 'preact/hooks';
import { formatNumber, formatPercent } from '../answers/format-number.ts';
import type { OutputFields } from '../server/model-description.ts';
import { outputColumns } from './output-columns.ts';
import type { OutputColumn } from './output-columns.ts';
import type { RowOutcome } from './predict-rows.ts';
import type { Csv } from './read-csv.ts';
import { problemText } from './write-csv.ts';

const PAGE_ROWS = 100;

export interface ResultTableProps {
  readonly csv: Csv;
  readonly outcomes: readonly RowOutcome[];
  readonly outputs: OutputFields;
}

/** The rows that came, answers first; a hundred at a time. */
export function ResultTable({ csv, outcomes, outputs }: ResultTableProps) {
  const [shown, setShown] = useState(PAGE_ROWS);
  const sample = outcomes.find((outcome) => 'prediction' in outcome)?.prediction;
  const added = useMemo(() => outputColumns(outputs, sample ?? {}), [outputs, sample]);
  return (
    <>
      <div class="table-scroll" tabIndex={0} role="group" aria-label="Predictions">
        <table class="result-table">
          <thead>
            <tr>
              <th scope="col">Row</th>
              {added.map(({ title }) => (
                <th key={title} scope="col" class="is-output">
                  {title}
                </th>
              ))}
              {csv.columns.map((column, index) => (
                <th key={index} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {outcomes.slice(0, shown).map((outcome, index) => (
              <ResultRow key={index} {...{ index, outcome, added }} cells={csv.records[index] ?? []} />
            ))}
          </tbody>
        </table>
      </div>
      {outcomes.length > shown && (
        <button type="button" class="button is-small" onClick={() => setShown(shown + PAGE_ROWS)}>
          Show more rows ({(outcomes.length - shown).toLocaleString('en')} left)
        </button>
      )}
    </>
  );
}

interface ResultRowProps {
  readonly index: number;
  readonly outcome: RowOutcome;
  readonly cells: readonly string[];
  readonly added: readonly OutputColumn[];
}

function ResultRow({ index, outcome, cells, added }: ResultRowProps) {
  const isWrong = 'problems' in outcome;
  return (
    <tr class={isWrong ? 'is-wrong' : ''}>
      <th scope="row">{index + 1}</th>
      {isWrong ? (
        <td class="row-error" colSpan={Math.max(1, added.length)}>
          <p>{outcome.problems.map(problemText).join(' ')}</p>
        </td>
      ) : (
        added.map(({ title, isScore, valueOf }) => (
          <td key={title} class="is-output">
            {cellText(valueOf(outcome.prediction), isScore)}
          </td>
        ))
      )}
      {cells.map((cell, column) => (
        <td key={column}>{cell}</td>
      ))}
    </tr>
  );
}

function cellText(value: unknown, isScore: boolean): string {
  if (typeof value === 'number')
    return isScore && value >= 0 && value <= 1 ? formatPercent(value) : formatNumber(value);
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
