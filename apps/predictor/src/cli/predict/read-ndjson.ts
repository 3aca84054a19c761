import { parseJson, type ParseJsonOptions } from '@web-single/contract';
import { InputError, type InputProblem, type InputRow } from './input-row.ts';

export interface NdjsonOptions {
  /** As messages name it. */
  readonly file: string;
  /** Names that are written beside the answers; sent only where they are fields, too. */
  readonly keep: readonly string[];
  readonly isField: (name: string) => boolean;
  /** Where the model takes 64-bit integers. */
  readonly exactIntegers: boolean;
}

const MOST_BYTES = 64 * 2 ** 20;
const NEWLINE = 10;

/** The rows of a file with one JSON value a line, as many at a time as come at once. Blank lines are no rows. */
export async function* readNdjson(
  bytes: AsyncIterable<Uint8Array>,
  options: NdjsonOptions,
): AsyncGenerator<InputRow[]> {
  let line = 0;
  for await (const lines of splitLines(bytes, options.file)) {
    const rows = lines.flatMap((text) => {
      line += 1;
      return isBlank(text) ? [] : [rowOf(text, line, options)];
    });
    if (rows.length > 0) yield rows;
  }
}

/** Lines without their ends. */
async function* splitLines(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array[]> {
  let pieces: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const piece of withoutMark(bytes)) {
    const lines: Uint8Array[] = [];
    let from = 0;
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, from)) {
      lines.push(Buffer.concat([...pieces, piece.subarray(from, end)]));
      pieces = [];
      heldBytes = 0;
      from = end + 1;
    }
    if (lines.length > 0) yield lines;
    pieces.push(piece.subarray(from));
    heldBytes += piece.length - from;
    if (heldBytes > MOST_BYTES)
      throw new InputError(`${file}: a line of more than ${MOST_BYTES} bytes. Is it NDJSON, one value a line?`);
  }
  yield [Buffer.concat(pieces)];
}

/** Editors of Windows begin a file with a byte order mark. */
async function* withoutMark(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const piece of bytes) {
    const hasMark = isFirst && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf;
    yield hasMark ? piece.subarray(3) : piece;
    isFirst = false;
  }
}

function isBlank(text: Uint8Array): boolean {
  return text.every((byte) => byte === 32 || byte === 9 || byte === 13);
}

function rowOf(text: Uint8Array, line: number, { file, keep, isField, exactIntegers }: NdjsonOptions): InputRow {
  const place = { file, line };
  const parsed = parse(text, { exactIntegers });
  if ('problem' in parsed) return { place, value: null, kept: {}, sizeBytes: text.length, problem: parsed.problem };
  const { value } = parsed;
  if (keep.length === 0 || typeof value !== 'object' || value === null || Array.isArray(value))
    return { place, value, kept: Object.fromEntries(keep.map((name) => [name, null])), sizeBytes: text.length };
  const entries = Object.entries(value);
  const sent = entries.filter(([name]) => !keep.includes(name) || isField(name));
  const given = new Map(entries);
  const kept = Object.fromEntries(keep.map((name) => [name, given.get(name) ?? null]));
  return { place, value: Object.fromEntries(sent), kept, sizeBytes: text.length };
}

function parse(text: Uint8Array, options: ParseJsonOptions): { value: unknown } | { problem: InputProblem } {
  try {
    return { value: parseJson(text, options) };
  } catch (error) {
    const got = (error instanceof Error ? error.message : String(error))
      .replace(/^The body (?=is|has|starts)/, 'text that ')
      .replace(/\.$/, '');
    return { problem: { field: '', expected: 'one JSON value on the line', got } };
  }
}
