import { parseJson } from '@web-single/contract';
import type { InputField } from '@web-single/signature';

/**
 * A text of the command line or of a CSV cell as its field's own type: empty is missing, `male` one of the categories, `39.1` a
 * number. What is none stays text, so that the check says what was expected. Pictures are for the caller to read.
 */
export function valueOfText(field: InputField | undefined, text: string): unknown {
  switch (field?.type) {
    case undefined:
    case 'image':
      return text;
    case 'text':
      return text === '' && field.optional === true ? null : text;
    case 'category':
      return field.values.find((value) => String(value) === text) ?? (text === '' ? null : text);
    case 'number':
      return numberOf(text, field.dtype?.endsWith('int64') === true);
    case 'boolean':
      return booleanOf(text);
    case 'tensor':
      return text === '' ? null : arrayOf(text);
  }
}

const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const INTEGER = /^\s*[+-]?\d+\s*$/;

function numberOf(text: string, mayBeLarge: boolean): unknown {
  if (text.trim() === '') return null;
  if (!NUMBER.test(text)) return text;
  const value = Number(text);
  // Beyond 2^53 a double is no longer what was written.
  return mayBeLarge && INTEGER.test(text) && !Number.isSafeInteger(value)
    ? BigInt(text.trim().replace('+', ''))
    : value;
}

/** As Python and spreadsheets write them, too. */
function booleanOf(text: string): unknown {
  const lower = text.trim().toLowerCase();
  if (lower === '') return null;
  return lower === 'true' ? true : lower === 'false' ? false : text;
}

function arrayOf(text: string): unknown {
  try {
    return parseJson(Buffer.from(text), { exactIntegers: true });
  } catch {
    return text;
  }
}
