import type { RowProblem } from '@web-single/sdk';
import type { OutputFields } from '../server/model-description.ts';
import { outputColumns } from './output-columns.ts';
import type { RowOutcome } from './predict-rows.ts';
import type { Csv } from './read-csv.ts';

/** The CSV that came, with a column per output and one for what was wrong with a row. */
export function writeCsv({ columns, records }: Csv, outcomes: readonly RowOutcome[], outputs: OutputFields): string {
  const sample = outcomes.find((outcome) => 'prediction' in outcome);
  const added = outputColumns(outputs, sample?.prediction ?? {});
  const head = [
    ...columns,
    ...added.map(({ title }) => (columns.includes(title) ? `predicted.${title}` : title)),
    'error',
  ];
  const lines = outcomes.map((outcome, index) => {
    const cells =
      'prediction' in outcome
        ? [...added.map(({ valueOf }) => textOf(valueOf(outcome.prediction))), '']
        : [...added.map(() => ''), outcome.problems.map(problemText).join(' ')];
    return [...records[index]!, ...cells];
  });
  return [head, ...lines].map((cells) => cells.map(quoteCell).join(',') + '\r\n').join('');
}

export const problemText = ({ field, expected, got, hint }: RowProblem): string =>
  `${field === '' ? 'row' : field}: expected ${expected}, got ${got}.${hint === undefined ? '' : ` ${hint}`}`;

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export const quoteCell = (cell: string): string =>
  /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
