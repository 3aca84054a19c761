import type { InputFields, ModelExample } from '../server/model-description.ts';
import type { RowOutcome } from './predict-rows.ts';
import { writeCsv } from './write-csv.ts';

/** The examples of a model as a CSV, to see its columns; '' where it has none. */
export function sampleCsv(fields: InputFields, examples: readonly ModelExample[]): string {
  if (examples.length === 0) return '';
  const columns = Object.keys(fields);
  const records = examples.map(({ input }) => columns.map((name) => cellOf(input[name])));
  const nothing: readonly RowOutcome[] = records.map(() => ({ problems: [] }));
  return writeCsv({ columns, records }, nothing, {})
    .replace(/,(?:error)?(?=\r\n)/g, '')
    .replaceAll('\r\n', '\n');
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
