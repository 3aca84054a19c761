import type { Signature } from '@web-single/signature';
import type { AnswerFormat } from './answer-format.ts';
import { answerColumns, cellText, type AnswerColumn, type AnsweredRow } from './answer-columns.ts';

/** CSV as RFC 4180 has it, lines ending in LF; the first names the columns, also where no row follows. */
export class CsvFormat implements AnswerFormat {
  readonly #columns: readonly AnswerColumn[];
  #isBegun = false;

  constructor(signature: Signature, kept: readonly string[]) {
    this.#columns = answerColumns(signature, kept);
  }

  rows(answered: readonly AnsweredRow[]): string {
    const lines = answered.map((row) => lineOf(this.#columns.map(({ cellOf }) => cellText(cellOf(row)))));
    return this.#header() + lines.join('');
  }

  end(): string {
    return this.#header();
  }

  #header(): string {
    if (this.#isBegun) return '';
    this.#isBegun = true;
    return lineOf(this.#columns.map(({ header }) => header));
  }
}

/** A line of one empty cell would be a blank line, which is no record. */
function lineOf(cells: readonly string[]): string {
  return cells.length === 1 && cells[0] === '' ? '""\n' : `${cells.map(quoted).join(',')}\n`;
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
