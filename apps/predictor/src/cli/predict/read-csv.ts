import { InputError, type InputRow } from './input-row.ts';
import { CsvReader, type CsvRecord } from './csv-reader.ts';
import type { CsvColumns } from './csv-columns.ts';

export interface CsvOptions {
  /** As messages name it. */
  readonly file: string;
  readonly separator: string;
  /** Takes the names of the first line; throws `InputError` where they do not fit. */
  readonly readHeader: (names: readonly string[]) => CsvColumns;
}

/** The rows of a CSV file whose first line names the columns, as many at a time as come at once. */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>, options: CsvOptions): AsyncGenerator<InputRow[]> {
  const { file, readHeader } = options;
  let columns: CsvColumns | undefined;
  for await (const records of readRecords(bytes, options)) {
    const isHeader = columns === undefined;
    columns ??= readHeader(headerOf(file, records[0]!));
    yield* rowsOf(isHeader ? records.slice(1) : records, file, columns);
  }
  if (columns === undefined) throw new InputError(`${file} is empty: expected a first line that names the columns.`);
}

/** Pictures beyond this wait for those before them to be asked. */
const PIECE_BYTES = 16 * 2 ** 20;

async function* rowsOf(records: readonly CsvRecord[], file: string, columns: CsvColumns): AsyncGenerator<InputRow[]> {
  let rows: InputRow[] = [];
  let heldBytes = 0;
  for (const record of records) {
    const row = await columns.rowOf(file, record);
    rows.push(row);
    heldBytes += row.sizeBytes;
    if (rows.length < columns.rowsAtOnce && heldBytes < PIECE_BYTES) continue;
    yield rows;
    rows = [];
    heldBytes = 0;
  }
  if (rows.length > 0) yield rows;
}

/** As many as are complete with a piece, at least one. */
async function* readRecords(
  bytes: AsyncIterable<Uint8Array>,
  { file, separator }: CsvOptions,
): AsyncGenerator<readonly CsvRecord[]> {
  const reader = new CsvReader(file, separator);
  for await (const text of decode(bytes, file)) {
    const records = reader.push(text);
    if (records.length > 0) yield records;
  }
  const last = reader.end();
  if (last.length > 0) yield last;
}

function headerOf(file: string, { cells, problem, line }: CsvRecord): readonly string[] {
  if (problem !== undefined) throw new InputError(`${file} line ${line}: ${problem}.`);
  return cells;
}

/** Strict UTF-8, without a byte order mark. */
async function* decode(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const take = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw new InputError(`${file} is not UTF-8. Save it as UTF-8 (in a spreadsheet: "CSV UTF-8").`);
    }
  };
  for await (const piece of bytes) yield take(piece);
  yield take();
}
