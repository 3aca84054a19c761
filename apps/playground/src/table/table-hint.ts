import { isSmall, zerosOf } from '../fields/zeros-of.ts';
import type { InputFields } from '../server/model-description.ts';
import { quoteCell } from './write-csv.ts';

/** The longest cell worth showing. */
const MOST_CHARACTERS = 60;

/** How a table is read; for tensors, how a cell says them. */
export function tableHint(fields: InputFields): string {
  const general = 'Columns are matched to fields by name; an empty cell is a value left out.';
  const [tensor] = Object.entries(fields).flatMap(([name, field]) =>
    field.type === 'tensor' ? [{ name, field }] : [],
  );
  if (tensor === undefined) return general;
  const cell = isSmall(tensor.field) ? quoteCell(JSON.stringify(zerosOf(tensor.field))) : '';
  const example = cell === '' || cell.length > MOST_CHARACTERS ? '"[1, 2, …]"' : cell;
  return `${general} Write ${tensor.name} as JSON, in quotes: ${example}.`;
}
