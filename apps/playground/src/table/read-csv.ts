import { inferSchema, initParser } from 'udsv';

export interface Csv {
  readonly columns: readonly string[];
  /** Cells as they stand in the file, as many as there are columns. */
  readonly records: readonly (readonly string[])[];
}

/** A CSV with a header: commas, semicolons, tabs or bars, quoted or not. Empty lines are left out. */
export function readCsv(source: string): Csv {
  const trimmed = source.replace(/(?:\r\n|\r|\n)+$/, '');
  if (trimmed.trim() === '') return { columns: [], records: [] };
  const header = trimmed.split(/\r\n|\r|\n/, 1)[0]!;
  // The parser finds the end of lines in the text: a header alone needs one.
  const text = header === trimmed ? `${trimmed}\n` : trimmed;
  if (!/[,;\t|]/.test(header)) return readOneColumn(trimmed);
  const schema = inferSchema(text);
  const records: string[][] = initParser(schema).stringArrs(text);
  const columns = schema.cols.map(({ name }) => name.trim());
  const filled = records.filter((cells) => cells.some((cell) => cell.trim() !== ''));
  return { columns, records: filled.map((cells) => columns.map((_, index) => cells[index] ?? '')) };
}

/** One column alone has no delimiter to be found: what is not quoted is a cell a line, commas and all. */
function readOneColumn(text: string): Csv {
  const cells = [...text.matchAll(/"((?:[^"]|"")*)"[^\r\n]*|[^\r\n]+/g)].map(([line, quoted]) =>
    quoted === undefined ? line : quoted.replaceAll('""', '"'),
  );
  const [column = '', ...records] = cells.filter((cell) => cell.trim() !== '');
  return { columns: [column.trim()], records: records.map((cell) => [cell]) };
}
