import { writeJson, type JsonValue } from '@web-single/contract';
import { scoresLabels, type Signature } from '@web-single/signature';
import type { InputRow } from './input-row.ts';

/** A row with its answer: what is written. */
export interface AnsweredRow {
  readonly kept: InputRow['kept'];
  readonly outputs: Readonly<Record<string, JsonValue>>;
}

/** One column of a table of answers. */
export interface AnswerColumn {
  readonly header: string;
  /** Undefined and null: an empty cell. */
  readonly cellOf: (row: AnsweredRow) => JsonValue | undefined;
}

/** What is passed on, then every output; scores have a column a label: `probabilities.Adelie`. */
export function answerColumns(signature: Signature, kept: readonly string[]): readonly AnswerColumn[] {
  const outputs = Object.entries(signature.output).flatMap(([name, field]): AnswerColumn[] => {
    const labels = field.type === 'scores' ? scoresLabels(signature, field) : null;
    if (labels === null) return [{ header: name, cellOf: (row) => row.outputs[name] }];
    return labels.map((label) => ({ header: `${name}.${label}`, cellOf: (row) => scoreOf(row.outputs[name], label) }));
  });
  const headers = outputs.map(({ header }) => header);
  const names = keptNames(kept, headers);
  const passedOn = kept.map((name, index) => ({
    header: names[index] ?? name,
    cellOf: (row: AnsweredRow) => row.kept[name] as JsonValue | undefined,
  }));
  return [...passedOn, ...outputs];
}

/** What is passed on under a name that an answer, or what was passed on before, has, too, is called `input.NAME`. */
export function keptNames(kept: readonly string[], outputs: readonly string[]): readonly string[] {
  const taken = new Set([...outputs, ...kept.filter((name) => !outputs.includes(name))]);
  return kept.map((name) => {
    let written = name;
    if (!outputs.includes(name)) return written;
    while (taken.has(written)) written = `input.${written}`;
    taken.add(written);
    return written;
  });
}

/** Text of a cell: arrays and objects as JSON. */
export function cellText(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? writeJson(value) : String(value);
}

function scoreOf(scores: JsonValue | undefined, label: string): JsonValue | undefined {
  if (typeof scores !== 'object' || scores === null || !Object.hasOwn(scores, label)) return undefined;
  return (scores as Readonly<Record<string, JsonValue>>)[label];
}
