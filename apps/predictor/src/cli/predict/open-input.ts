import { extname } from 'node:path';
import { needsExactIntegers } from '@web-single/contract';
import type { Signature } from '@web-single/signature';
import { CsvColumns, type ColumnRules } from './csv-columns.ts';
import { fieldsRow } from './fields-row.ts';
import { findKinds, PICTURE, type RowFormat, type Table } from './find-kinds.ts';
import { InputError, type InputRow } from './input-row.ts';
import { readBytes, type ByteSource } from './read-bytes.ts';
import { readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';
import { readPictures } from './read-pictures.ts';

export interface InputOptions {
  /** Paths of tables or of pictures; `-` is standard input. */
  readonly files: readonly string[];
  /** `name=value`, for one row. */
  readonly fields: readonly string[];
  /** Of every table; by its extension where it is left out. */
  readonly format?: RowFormat | undefined;
  /** Between cells of CSV. */
  readonly separator?: string | undefined;
  readonly keep: readonly string[];
  readonly missing: readonly string[];
}

export interface OpenedInput {
  /** As many at a time as come at once. */
  readonly rows: AsyncIterable<readonly InputRow[]>;
  /** Names of what is written beside the answers, in order. */
  readonly kept: readonly string[];
}

/** What a model and the reading of its input have in common. */
export interface InputContext {
  readonly signature: Signature;
  /** As its answerer says it. */
  readonly unnamedColumns?: number | undefined;
  readonly source: ByteSource;
  readonly onNote: (note: string) => void;
}

/** Finds out what is to be read, and how. Throws `InputError` with all that is wrong with what was named. */
export async function openInput(options: InputOptions, context: InputContext): Promise<OpenedInput> {
  const { files, fields, keep } = options;
  if (files.length === 0) return { rows: once(await fieldsRow(fields, context.signature)), kept: [] };
  const { kinds, problems } = await findKinds(files, options.format);
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  if (kinds[0] === PICTURE) {
    const field = pictureField(context.signature);
    if (keep.length > 0)
      throw new InputError('--keep names columns of tables; beside the answer to a picture stands its file.');
    return { rows: readPictures(files, field, context.source.counter), kept: ['file'] };
  }
  return { rows: readTables(files, kinds as readonly Table[], options, context), kept: keep };
}

async function* once(row: InputRow): AsyncGenerator<readonly InputRow[]> {
  yield [row];
}

function pictureField({ input }: Signature): string {
  const names = Object.keys(input).filter((name) => input[name]?.type === 'image');
  const needed = Object.keys(input).filter((name) => input[name]?.type !== 'image' && input[name]?.optional !== true);
  const [name] = names;
  if (name === undefined)
    throw new InputError(`The model takes no picture: its fields are ${Object.keys(input).join(', ')}.`);
  if (names.length > 1 || needed.length > 0)
    throw new InputError(
      `A row of this model is more than one picture: say it by fields, --field ${[...names, ...needed].map((field) => `${field}=…`).join(' --field ')}, or as a CSV with paths.`,
    );
  return name;
}

/** Standard input and files of any length, one after the other. */
async function* readTables(
  files: readonly string[],
  kinds: readonly Table[],
  options: InputOptions,
  { signature, unnamedColumns, source, onNote }: InputContext,
): AsyncGenerator<readonly InputRow[]> {
  const { keep, missing } = options;
  const rules: ColumnRules = { signature, unnamedColumns, keep, missing, onNote };
  const isField = (name: string): boolean => Object.hasOwn(signature.input, name);
  for (const [index, file] of files.entries()) {
    const bytes = readBytes(file, source);
    const separator = options.separator ?? (extname(file).toLowerCase() === '.tsv' ? '\t' : ',');
    yield* kinds[index]?.format === 'csv'
      ? readCsv(bytes, { file, separator, readHeader: (names) => new CsvColumns(file, names, rules) })
      : readNdjson(bytes, { file, keep, isField, exactIntegers: needsExactIntegers(signature) });
  }
}
