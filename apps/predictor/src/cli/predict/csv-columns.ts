import { dirname, resolve } from 'node:path';
import type { InputField, Signature } from '@web-single/signature';
import { nearestName } from '@web-single/tensor';
import { quotedWord } from '../quoted-word.ts';
import type { CsvRecord } from './csv-reader.ts';
import { InputError, type InputProblem, type InputRow } from './input-row.ts';
import { readWhole, STANDARD_INPUT } from './read-bytes.ts';
import { valueOfText } from './value-of-text.ts';

export interface ColumnRules {
  readonly signature: Signature;
  /** As the model's answerer says it. */
  readonly unnamedColumns?: number | undefined;
  /** Columns that are written beside the answers. */
  readonly keep: readonly string[];
  /** Texts that mean a missing value, besides an empty cell. */
  readonly missing: readonly string[];
  /** Told once: what is not sent, and what is sent as missing. */
  readonly onNote: (note: string) => void;
}

interface Column {
  readonly name: string;
  readonly index: number;
  readonly field: InputField;
}

/** So many pictures are in memory for a piece of rows that is read. */
const PICTURES_AT_ONCE = 16;

/** What the columns of one CSV file mean for a model. */
export class CsvColumns {
  /** Most rows to make at once. */
  readonly rowsAtOnce: number;
  readonly #names: readonly string[];
  readonly #fields: readonly Column[];
  readonly #kept: readonly { readonly name: string; readonly index: number }[];
  readonly #missing: ReadonlySet<string>;

  /** Throws `InputError` with all that is wrong with the names. */
  constructor(file: string, names: readonly string[], rules: ColumnRules) {
    const { signature, keep, missing } = rules;
    refuseHeader(file, names, rules);
    this.#names = names;
    this.#missing = new Set(missing);
    this.#fields = names.flatMap((name, index) =>
      Object.hasOwn(signature.input, name) ? [{ name, index, field: signature.input[name]! }] : [],
    );
    this.#kept = keep.map((name) => ({ name, index: names.indexOf(name) }));
    this.rowsAtOnce = this.#fields.some(({ field }) => field.type === 'image') ? PICTURES_AT_ONCE : Infinity;
    noteColumns(file, names, rules);
  }

  /** A record as a row: cells in the types of their fields, pictures read from where they are. */
  async rowOf(file: string, { line, cells, problem }: CsvRecord): Promise<InputRow> {
    const entries: [string, unknown][] = [];
    let sizeBytes = 0;
    let wrong = quotesProblem(problem) ?? this.#countProblem(cells);
    for (const { name, index, field } of this.#fields) {
      const text = cells[index] ?? '';
      let value = this.#missing.has(text) ? null : valueOfText(field, text);
      if (field.type === 'image' && typeof value === 'string' && value !== '') {
        const picture = await readPicture(file, value);
        if ('problem' in picture) wrong ??= picture.problem;
        else value = picture.bytes;
      }
      entries.push([name, value]);
      sizeBytes += name.length + 8 + (value instanceof Uint8Array ? value.length : text.length);
    }
    const kept = Object.fromEntries(this.#kept.map(({ name, index }) => [name, cells[index] ?? '']));
    const row = { place: { file, line }, value: Object.fromEntries(entries), kept, sizeBytes };
    return wrong === undefined ? row : { ...row, problem: wrong };
  }

  #countProblem(cells: readonly string[]): InputProblem | undefined {
    const count = this.#names.length;
    if (cells.length === count) return undefined;
    const missing = this.#names.slice(cells.length);
    const what = missing.length > 0 ? `${listed(missing)} missing` : `no column for ${JSON.stringify(cells.at(-1))}`;
    return { field: '', expected: `${count} cells`, got: `${cells.length}: ${what}` };
  }
}

function quotesProblem(got: string | undefined): InputProblem | undefined {
  return got === undefined ? undefined : { field: '', expected: 'cells as RFC 4180 writes them', got };
}

/** Paths of pictures count from the file that names them. One that cannot be read is a fault of its row. */
async function readPicture(file: string, path: string): Promise<{ bytes: Uint8Array } | { problem: InputProblem }> {
  try {
    return { bytes: await readWhole(file === STANDARD_INPUT ? path : resolve(dirname(file), path)) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problem: { field: '', expected: 'the path of a picture', got: error.message.replace(/\.$/, '') } };
  }
}

function refuseHeader(file: string, names: readonly string[], rules: ColumnRules): void {
  const { signature, keep } = rules;
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const absent = Object.keys(signature.input).filter((name) => !names.includes(name));
  const needed = absent.filter((name) => signature.input[name]?.optional !== true);
  const free = names.filter((name) => !Object.hasOwn(signature.input, name));
  const problems = [
    ...[...new Set(twice)].map((name) => `two columns are named ${JSON.stringify(name)}`),
    ...needed.map((name) => `column ${JSON.stringify(name)} is missing${meant(name, free)}`),
    ...keep
      .filter((name) => !names.includes(name))
      .map((name) => `--keep names ${JSON.stringify(name)}, which is no column${meant(name, names)}`),
  ];
  if (problems.length === 0) return;
  const separated = names.length === 1 && /[;\t|]/.test(names[0] ?? '');
  const hint = separated ? ' Is it separated by something else than commas? Say --separator.' : '';
  throw new InputError(
    `${file} line 1: ${problems.join('; ')}. The columns are ${listed(names)}.${hint}${naming(names, rules)}`,
  );
}

/** Where the model takes an array without names, and this file has a column for each of its values. */
function naming(names: readonly string[], { unnamedColumns, keep }: ColumnRules): string {
  const free = names.filter((name) => !keep.includes(name));
  if (unnamedColumns === undefined || free.length < unnamedColumns) return '';
  const what = ` The model takes ${unnamedColumns} numbers without names; `;
  return free.length === unnamedColumns && !free.some((name) => name.includes(','))
    ? `${what}if they are these columns in this order, say so: --columns ${quotedWord(free.join(','))}`
    : `${what}say which columns they are, in order: --columns a,b,c.`;
}

function noteColumns(file: string, names: readonly string[], { signature, keep, onNote }: ColumnRules): void {
  const unsent = names.filter((name) => !Object.hasOwn(signature.input, name) && !keep.includes(name));
  const absent = Object.keys(signature.input).filter((name) => !names.includes(name));
  const guesses = absent.flatMap((name) => {
    const near = nearestName(name, unsent);
    return near === undefined ? [] : [` Was "${near}" meant to be "${name}"?`];
  });
  if (unsent.length > 0)
    onNote(
      `${file}: ${listed(unsent)} no field of the model and not sent; --keep passes columns on.${guesses.join('')}`,
    );
  if (absent.length > 0) onNote(`${file}: without ${listed(absent)}: sent as missing.`);
}

function meant(name: string, candidates: readonly string[]): string {
  const near = nearestName(name, candidates);
  return near === undefined ? '' : ` (did you mean ${JSON.stringify(near)}?)`;
}

const MOST_LISTED = 20;

/** `"a", "b" and 3 more`. */
function listed(names: readonly string[]): string {
  const rest = names.length - MOST_LISTED;
  const shown = names
    .slice(0, MOST_LISTED)
    .map((name) => JSON.stringify(name))
    .join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
