import { isTensor } from './is-tensor.ts';

const maxLength = 60;

/** Says what a value is, for the `got` of a problem: at most 60 characters of it, on one line, safe to print. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return `${quoteText(value)} (string)`;
  if (typeof value === 'number') return describeNumber(value);
  if (typeof value === 'bigint') return clip(String(value));
  if (typeof value === 'boolean') return `${value} (boolean)`;
  if (Array.isArray(value)) return `array of ${value.length}`;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (isTensor(value)) return clip(`tensor ${value.dtype} [${value.shape.join(', ')}]`);
  return typeof value === 'object' ? describeObject(value) : typeof value;
}

/** The text in quotes, at most 60 characters; control, invisible, direction-changing and broken characters are escaped. */
export function quoteText(text: string): string {
  if (text.length <= maxLength - 3 && /^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  let shown = '';
  // No more characters than fit are looked at, however long the text is.
  for (const character of text.slice(0, maxLength)) {
    const escaped = escapeCharacter(character);
    if (shown.length + escaped.length > maxLength - 3) return `"${shown}…"`;
    shown += escaped;
  }
  return text.length > maxLength ? `"${shown}…"` : `"${shown}"`;
}

function escapeCharacter(character: string): string {
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(character)) {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  }
  return character === '"' || character === '\\' ? `\\${character}` : character;
}

function describeNumber(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return Number.isNaN(value) ? 'NaN' : `${value}, not a number that fits`;
}

function describeObject(value: object): string {
  const count = Object.keys(value).length;
  return count === 1 ? 'object with 1 field' : `object with ${count} fields`;
}

function clip(text: string): string {
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}
