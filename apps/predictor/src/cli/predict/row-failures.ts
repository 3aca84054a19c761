import { writeReadJson, type JsonValue } from '@web-single/contract';
import type { RowError } from './answerer.ts';
import type { InputProblem, InputRow, RowPlace } from './input-row.ts';

export interface FailedRow {
  readonly row: InputRow;
  readonly error: RowError;
}

/** One line of the errors file: where the row was read, what it was, and all that is wrong with it. */
export function failureLine({ row, error }: FailedRow): string {
  const { place, value, kept } = row;
  const { file, line } = place;
  const { code, message, problems } = error;
  const record = {
    file,
    ...(line !== undefined && { line }),
    code,
    detail: withoutIndex(message),
    problems: problems.map((problem) => ({ ...problem })),
    row: withoutFiles(value),
    ...(Object.keys(kept).length > 0 && { kept: withoutFiles(kept) }),
  };
  return `${writeReadJson(record as JsonValue)}\n`;
}

/** For a person: `rows.csv line 7: "island": expected …, got …`, a line a problem. */
export function describeFailure({ row, error }: FailedRow): string {
  const place = describePlace(row.place);
  const { problems, message } = error;
  return problems.length === 0
    ? `${place}${withoutIndex(message)}`
    : problems.map((problem) => `${place}${describeProblem(problem)}`).join('\n');
}

/** A message counts rows within the call that was made of them, which says nothing beside the line they were read from. */
function withoutIndex(message: string): string {
  return message.replace(/ of row \d+(?=:| is )/, '');
}

function describePlace({ file, line }: RowPlace): string {
  if (file === '--field') return '';
  const name = file === '-' ? 'standard input' : file;
  return line === undefined ? `${name}: ` : `${name} line ${line}: `;
}

function describeProblem({ field, expected, got, hint }: InputProblem): string {
  const where = field === '' ? '' : `"${field}": `;
  return `${where}expected ${expected}, got ${got}.${hint === undefined ? '' : ` ${hint}`}`;
}

/** A picture's bytes are in its own file. */
function withoutFiles(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    inner instanceof Uint8Array ? `${inner.length} bytes` : inner,
  ]);
  return Object.fromEntries(entries) as unknown;
}
