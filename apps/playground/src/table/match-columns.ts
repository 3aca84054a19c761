import type { InputFields } from '../server/model-description.ts';

export interface ColumnMatch {
  /** Column by field; fields without a column are left out of every row. */
  readonly columnOf: Readonly<Record<string, number>>;
  /** Columns that belong to no field: shown and kept, not sent. */
  readonly ignored: readonly string[];
  /** Required fields without a column. Nothing can be predicted while there are any. */
  readonly missing: readonly string[];
  readonly repeated: readonly string[];
}

/** Columns to fields by name; case, spaces, dots and dashes may differ where that leaves one field only. */
export function matchColumns(columns: readonly string[], fields: InputFields): ColumnMatch {
  const names = Object.keys(fields);
  const columnOf = new Map<string, number>();
  const ignored: string[] = [];
  const repeated: string[] = [];
  columns.forEach((column, index) => {
    const field = names.includes(column) ? column : onlyAlike(column, names);
    if (field === undefined) ignored.push(column);
    else if (columnOf.has(field)) repeated.push(column);
    else columnOf.set(field, index);
  });
  const missing = names.filter((name) => fields[name]!.optional !== true && !columnOf.has(name));
  return { columnOf: Object.fromEntries(columnOf), ignored, missing, repeated };
}

function onlyAlike(column: string, names: readonly string[]): string | undefined {
  const alike = names.filter((name) => plain(name) === plain(column));
  return alike.length === 1 ? alike[0] : undefined;
}

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s._-]+/g, '_');
