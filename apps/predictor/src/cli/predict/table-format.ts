import { styleText } from 'node:util';
import type { JsonValue } from '@web-single/contract';
import type { Signature } from '@web-single/signature';
import { plainText } from '../plain-text.ts';
import type { AnswerFormat } from './answer-format.ts';
import { answerColumns, cellText, type AnswerColumn, type AnsweredRow } from './answer-columns.ts';

export interface TableStyle {
  readonly hasColors: boolean;
}

/** Rows that the widths of the columns are made from; later ones that are wider move what stands beside them. */
const MEASURED_ROWS = 100;
const MOST_WIDTH = 48;

/** For a person to read: aligned columns, numbers to four digits. One row alone stands upright, a line an output. */
export class TableFormat implements AnswerFormat {
  readonly #columns: readonly AnswerColumn[];
  readonly #style: TableStyle;
  #held: AnsweredRow[] = [];
  #widths: readonly number[] | undefined;

  constructor(signature: Signature, kept: readonly string[], style: TableStyle) {
    const columns = answerColumns(signature, kept);
    this.#columns = columns.map((column) => ({ ...column, header: plainText(column.header) }));
    this.#style = style;
  }

  rows(answered: readonly AnsweredRow[]): string {
    if (this.#widths !== undefined) return this.#lines(answered);
    this.#held.push(...answered);
    return this.#held.length < MEASURED_ROWS ? '' : this.#begin();
  }

  end(): string {
    if (this.#widths !== undefined || this.#held.length === 0) return '';
    return this.#held.length === 1 ? this.#upright(this.#held[0]!) : this.#begin();
  }

  #begin(): string {
    const held = this.#held;
    this.#held = [];
    this.#widths = this.#columns.map(({ header, cellOf }) => {
      const cells = held.slice(0, MEASURED_ROWS).map((row) => shownCell(cellOf(row)).length);
      return Math.min(MOST_WIDTH, Math.max(header.length, ...cells));
    });
    const headers = this.#columns.map(({ header }, index) => this.#pad(header, index, this.#isNumeric(held, index)));
    return `${this.#bold(headers.join('  ').trimEnd())}\n${this.#lines(held)}`;
  }

  #lines(answered: readonly AnsweredRow[]): string {
    const lines = answered.map((row) => {
      const cells = this.#columns.map(({ cellOf }, index) => {
        const value = cellOf(row);
        return this.#pad(shownCell(value), index, typeof value === 'number');
      });
      return `${cells.join('  ').trimEnd()}\n`;
    });
    return lines.join('');
  }

  #upright(row: AnsweredRow): string {
    const width = Math.max(...this.#columns.map(({ header }) => header.length));
    const lines = this.#columns.map(
      ({ header, cellOf }) => `${this.#bold(header.padEnd(width))}  ${shownCell(cellOf(row))}\n`,
    );
    return lines.join('');
  }

  #pad(text: string, index: number, toTheRight: boolean): string {
    const width = this.#widths?.[index] ?? 0;
    return toTheRight ? text.padStart(width) : text.padEnd(width);
  }

  #isNumeric(rows: readonly AnsweredRow[], index: number): boolean {
    return rows.some((row) => typeof this.#columns[index]?.cellOf(row) === 'number');
  }

  #bold(text: string): string {
    return this.#style.hasColors ? styleText('bold', text, { validateStream: false }) : text;
  }
}

/** Nothing in a cell moves the cursor or ends the line. */
function shownCell(value: JsonValue | undefined): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(4)));
  const text = cellText(value).replace(/\p{Cc}/gu, ' ');
  return text.length > MOST_WIDTH ? `${text.slice(0, MOST_WIDTH - 1)}…` : text;
}
