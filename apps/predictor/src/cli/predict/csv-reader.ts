import { InputError } from './input-row.ts';

/** One record of a CSV file. */
export interface CsvRecord {
  /** Where it begins, from 1 on. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Set where its quotes are wrong; the cells are those before. */
  readonly problem?: string;
}

/** Beyond this a quote that is never closed would take the whole file. */
const MOST_CHARACTERS = 8 * 2 ** 20;

/**
 * Reads CSV (RFC 4180) a piece at a time: quoted cells with separators, line ends and doubled quotes in them, lines that end in
 * LF or CRLF. Blank lines are no records. Holds what is not complete yet, nothing else.
 */
export class CsvReader {
  readonly #separator: string;
  readonly #name: string;
  #text = '';
  #line = 1;

  /** `name`: what errors call the file. */
  constructor(name: string, separator = ',') {
    this.#name = name;
    this.#separator = separator;
  }

  /** The records that are complete with this piece. */
  push(text: string): CsvRecord[] {
    this.#text = this.#text === '' ? text : this.#text + text;
    const records = this.#readRecords(false);
    if (this.#text.length > MOST_CHARACTERS)
      throw new InputError(
        `${this.#name} line ${this.#line}: a record of more than ${MOST_CHARACTERS} characters. Is a quote not closed?`,
      );
    return records;
  }

  /** The last record, whose line need not end. */
  end(): CsvRecord[] {
    return this.#readRecords(true);
  }

  #readRecords(isLast: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    let from = 0;
    for (;;) {
      const read = this.#readRecord(from, isLast);
      if (read === undefined) break;
      const isBlank = read.cells.length === 1 && read.cells[0] === '' && !read.isQuoted;
      if (!isBlank || read.problem !== undefined) records.push(recordOf(this.#line, read));
      this.#line += read.lines;
      from = read.end;
    }
    this.#text = this.#text.slice(from);
    return records;
  }

  /** The record at `from`; undefined where it may go on in the next piece, or nothing is left. */
  #readRecord(from: number, isLast: boolean): ReadRecord | undefined {
    const text = this.#text;
    if (from >= text.length) return undefined;
    const newline = text.indexOf('\n', from);
    if (newline < 0 && !isLast) return undefined;
    const end = newline < 0 ? text.length : newline;
    const line = withoutReturn(text.slice(from, end));
    // Nearly every record is a line without quotes.
    if (!line.includes('"')) return { cells: line.split(this.#separator), isQuoted: false, end: end + 1, lines: 1 };
    return readQuotedRecord(text, from, { separator: this.#separator, isLast });
  }
}

interface ReadRecord {
  readonly cells: readonly string[];
  readonly isQuoted: boolean;
  /** Where the next record begins. */
  readonly end: number;
  /** Lines it takes. */
  readonly lines: number;
  readonly problem?: string;
}

interface CsvRules {
  readonly separator: string;
  readonly isLast: boolean;
}

/** A record in which some cell has a quote, cell by cell. */
function readQuotedRecord(text: string, from: number, rules: CsvRules): ReadRecord | undefined {
  const cells: string[] = [];
  for (let at = from; ;) {
    const cell = text[at] === '"' ? readQuotedCell(text, at, rules) : readPlainCell(text, at, rules);
    if (cell === undefined) return undefined;
    if ('problem' in cell) return brokenRecord(text, { from, at, cells, problem: cell.problem }, rules);
    // What comes next is not here yet.
    if (cell.end >= text.length && !rules.isLast) return undefined;
    cells.push(cell.value);
    if (text[cell.end] === rules.separator) at = cell.end + 1;
    else return { cells, isQuoted: true, end: afterNewline(text, cell.end), lines: 1 + newlines(text, from, cell.end) };
  }
}

type ReadCell = { readonly value: string; readonly end: number } | { readonly problem: string } | undefined;

function readPlainCell(text: string, from: number, { separator }: CsvRules): ReadCell {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== '\n') end += 1;
  return { value: text[end] === separator ? text.slice(from, end) : withoutReturn(text.slice(from, end)), end };
}

function readQuotedCell(text: string, from: number, { separator, isLast }: CsvRules): ReadCell {
  let value = '';
  for (let at = from + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return isLast ? { problem: 'a quote is not closed' } : undefined;
    value += text.slice(at, quote);
    if (quote + 1 >= text.length && !isLast) return undefined;
    if (text[quote + 1] !== '"') {
      const end = text.startsWith('\r\n', quote + 1) ? quote + 2 : quote + 1;
      const isClosed = end >= text.length || text[end] === separator || text[end] === '\n';
      // A return at the end of a piece may be the first half of a line end.
      if (text[end] === '\r' && end + 1 === text.length) return isLast ? { value, end: end + 1 } : undefined;
      return isClosed ? { value, end } : { problem: `text follows a closing quote: double a quote inside of a cell` };
    }
    value += '"';
    at = quote + 2;
  }
}

interface BrokenCell {
  /** Where its record begins, and where the cell does. */
  readonly from: number;
  readonly at: number;
  readonly cells: readonly string[];
  readonly problem: string;
}

/** What is left of a record whose quotes are wrong: reading goes on at the next line. */
function brokenRecord(text: string, { from, at, cells, problem }: BrokenCell, rules: CsvRules): ReadRecord | undefined {
  const newline = text.indexOf('\n', at);
  if (newline < 0 && !rules.isLast) return undefined;
  const end = newline < 0 ? text.length : newline + 1;
  return { cells, isQuoted: true, end, lines: newlines(text, from, end), problem };
}

function recordOf(line: number, { cells, problem }: ReadRecord): CsvRecord {
  return { line, cells, ...(problem !== undefined && { problem }) };
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

const afterNewline = (text: string, end: number): number => (end < text.length ? end + 1 : end);

function newlines(text: string, from: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
