import type { Signature } from '@web-single/signature';
import type { AnsweredRow } from './answer-columns.ts';
import { CsvFormat } from './csv-format.ts';
import { NdjsonFormat } from './ndjson-format.ts';
import { TableFormat, type TableStyle } from './table-format.ts';

/** Turns answers into text, as many as come at once. */
export interface AnswerFormat {
  /** Text of these, and of what was held back. */
  rows(answered: readonly AnsweredRow[]): string;
  /** What is left to write when all have come. */
  end(): string;
}

export const OUTPUTS = ['table', 'csv', 'ndjson'] as const;
export type OutputKind = (typeof OUTPUTS)[number];

export interface FormatOptions extends TableStyle {
  readonly signature: Signature;
  readonly kept: readonly string[];
}

export function createFormat(kind: OutputKind, options: FormatOptions): AnswerFormat {
  const { signature, kept } = options;
  if (kind === 'csv') return new CsvFormat(signature, kept);
  return kind === 'ndjson' ? new NdjsonFormat(signature, kept) : new TableFormat(signature, kept, options);
}

const BY_EXTENSION: Readonly<Record<string, OutputKind>> = {
  csv: 'csv',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  txt: 'table',
};

/** As it was said, else by the extension of the file, else what suits where it goes. */
export function outputKind(said: OutputKind | undefined, outFile: string | undefined, isTerminal: boolean): OutputKind {
  const extension = /\.([a-z]+)$/i.exec(outFile ?? '')?.[1]?.toLowerCase() ?? '';
  return said ?? BY_EXTENSION[extension] ?? (isTerminal && outFile === undefined ? 'table' : 'ndjson');
}
