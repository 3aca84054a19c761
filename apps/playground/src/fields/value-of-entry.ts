import type { InputField, InputFields } from '../server/model-description.ts';
import type { Draft, Entry } from './draft.ts';
import { numberOfText } from './number-text.ts';

/** What an entry says: a value, nothing, or why it cannot be sent. Whether a value is *right* the server says. */
export type EntryValue = { readonly value: unknown } | { readonly leftOut: true } | { readonly problem: string };

export function valueOfEntry(field: InputField, entry: Entry): EntryValue {
  if (entry.isLeftOut) return { leftOut: true };
  switch (field.type) {
    case 'number':
      return numberOf(entry.text, field.optional);
    case 'text':
      return { value: entry.text };
    case 'image':
      return entry.picture === undefined
        ? { problem: 'Draw or choose a picture.' }
        : { value: { base64: entry.picture.base64 } };
    case 'category':
    case 'boolean':
      return entry.text === '' ? { problem: 'Choose one.' } : { value: JSON.parse(entry.text) as unknown };
    default:
      return jsonOf(entry.text);
  }
}

function numberOf(text: string, optional: boolean | undefined): EntryValue {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: optional ? 'Enter a number, or leave it out.' : 'Enter a number.' };
  const value = numberOfText(trimmed);
  if (value === undefined) return { problem: noNumber(trimmed) };
  const isWhole = /^[-+]?\d+$/.test(trimmed);
  if (isWhole && BigInt(trimmed) !== wholeAsSent(value)) {
    return { problem: `JSON cannot carry all these digits: it would be ${String(value)}.` };
  }
  return { value };
}

/** Many write a comma for the point. */
function noNumber(text: string): string {
  const withPoint = text.replace(',', '.');
  const hint = withPoint !== text && numberOfText(withPoint) !== undefined ? ` Write ${withPoint}.` : '';
  return `“${text}” is no number.${hint}`;
}

/** A whole number as its JSON says it, which has no digit beyond those that tell it from its neighbours. */
function wholeAsSent(value: number): bigint {
  const text = String(value);
  return text.includes('e') ? BigInt(value) : BigInt(text);
}

function jsonOf(text: string): EntryValue {
  if (text.trim() === '') return { problem: 'Enter JSON, such as [1, 2.5].' };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { problem: `This is no JSON: ${(error as Error).message}.` };
  }
}

export interface DraftRow {
  /** Fields with a value, in the order of the signature. */
  readonly row: Readonly<Record<string, unknown>>;
  /** By field: why there is no row yet. Empty where it can be sent. */
  readonly problems: Readonly<Record<string, string>>;
}

/** The row a form stands for. */
export function rowOfDraft(fields: InputFields, draft: Draft): DraftRow {
  const row: [string, unknown][] = [];
  const problems: [string, string][] = [];
  for (const [name, field] of Object.entries(fields)) {
    const entry = draft[name];
    const got = entry === undefined ? { leftOut: true as const } : valueOfEntry(field, entry);
    if ('value' in got) row.push([name, got.value]);
    if ('problem' in got) problems.push([name, got.problem]);
  }
  // A field may have any name, `__proto__` too.
  return { row: Object.fromEntries(row), problems: Object.fromEntries(problems) };
}
