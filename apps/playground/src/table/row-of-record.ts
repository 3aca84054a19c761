import type { InputField, InputFields, JsonRow } from '../server/model-description.ts';

/** The row a record stands for. An empty cell is a value left out; what does not fit is sent as it is, and the server says why not. */
export function rowOfRecord(
  record: readonly string[],
  columnOf: Readonly<Record<string, number>>,
  fields: InputFields,
): JsonRow {
  const row: [string, unknown][] = [];
  for (const [name, column] of Object.entries(columnOf)) {
    const value = valueOfCell(fields[name]!, record[column] ?? '');
    if (value !== undefined) row.push([name, value]);
  }
  return Object.fromEntries(row);
}

function valueOfCell(field: InputField, cell: string): unknown {
  const text = cell.trim();
  if (field.type === 'text' && field.optional !== true) return cell;
  if (text === '') return undefined;
  if (field.type === 'text') return cell;
  if (field.type === 'number') return numberOrText(text);
  if (field.type === 'boolean') return booleanOrText(text);
  if (field.type === 'category') return field.values.find((value) => String(value) === text) ?? text;
  return jsonOrText(text);
}

const numberOrText = (text: string): number | string =>
  /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : text;

const booleanOrText = (text: string): boolean | string =>
  /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : text;

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
