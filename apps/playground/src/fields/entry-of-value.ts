import type { InputField, InputFields, JsonRow } from '../server/model-description.ts';
import type { Draft, Entry } from './draft.ts';
import { pictureOfBase64 } from './picture-of-base64.ts';

/** The entry that stands for a value of a row; of no value: left out where that is allowed, else empty. */
export function entryOfValue(field: InputField, value: unknown): Entry {
  if (value === undefined || value === null) return { isLeftOut: field.optional === true, text: '' };
  if (field.type === 'image') return entryOfImage(value);
  const isTyped = field.type === 'text' || field.type === 'number';
  return { isLeftOut: false, text: isTyped && typeof value !== 'object' ? String(value) : JSON.stringify(value) };
}

function entryOfImage(value: unknown): Entry {
  const { base64, fileName } = value as { readonly base64?: unknown; readonly fileName?: unknown };
  // Links come from anywhere, and what is in them gets into code that people paste.
  if (typeof base64 !== 'string' || !BASE64.test(base64)) return { isLeftOut: false, text: '' };
  const isName = typeof fileName === 'string' && FILE_NAME.test(fileName);
  return { isLeftOut: false, text: '', picture: pictureOfBase64(base64, isName ? fileName : undefined) };
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** One line of visible characters, in no other folder. */
const FILE_NAME = /^[^\p{C}\p{Zl}\p{Zp}/\\]{1,200}$/u;

/** The form that holds a row, such as an example or a link. */
export function draftOfRow(fields: InputFields, row: JsonRow): Draft {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      entryOfValue(field, Object.hasOwn(row, name) ? row[name] : undefined),
    ]),
  );
}
