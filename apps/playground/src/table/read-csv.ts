import { inferSchema, initParser } from 'udsv';

export interface Csv {
  readonly columns: readonly string[];
  /** Cells as they stand in the file, as many as there are columns. */
  readonly records: readonly (readonly string[])[];
}

/** A CSV with a header: commas, semicolons, tabs or bars, quoted or not. Empty lines are left out. */
export function readCsv(source: string): Csv {
  const text = source.replace(/^\uFEFF/, '').replace(/(?:\r\n|\r|\n)+$/, '');
  if (text.trim() === '') return { columns: [], records: [] };
  // One column alone has no delimiter to be found; any that the text does not have will do.
  const header = text.split(/\r\n|\r|\n/, 1)[0]!;
  const schema = inferSchema(text, /[,;\t|]/.test(header) ? {} : { col: ',' });
  const records: string[][] = initParser(schema).stringArrs(text);
  const columns = schema.cols.map(({ name }) => name.trim());
  const filled = records.filter((cells) => cells.some((cell) => cell.trim() !== ''));
  return { columns, records: filled.map((cells) => columns.map((_, index) => cells[index] ?? '')) };
}
