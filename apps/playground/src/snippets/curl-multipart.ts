import type { CalledField } from './called-model.ts';
import { json } from './dialects.ts';
import { printLiteral } from './literal.ts';
import type { Literal } from './literal.ts';
import { quoteShell } from './quote-text.ts';
import type { SentField } from './sent-fields.ts';
import type { PreparedCall } from './snippet.ts';

/** The server's own limit for a part that is no file. */
const MOST_PART_BYTES = 64 * 1024;

/** One part for each field; undefined where a form cannot say the row. */
export function multipartLines({ model, fields }: PreparedCall): readonly string[] | undefined {
  const parts = fields.map((field) => partOf(field, model.inputs[field.name]));
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

function partOf({ name, content }: SentField, field: CalledField | undefined): string | undefined {
  // A name of other characters would be read, or sent, in several ways.
  if (field === undefined || 'base64' in content || !/^[\w.-]+$/.test(name)) return undefined;
  if ('file' in content) return `-F ${quoteShell(`${name}=@${quotePath(content.file.fileName)}`)}`;
  const text = textOf(content.value, field);
  if (text === undefined || text.includes('\0') || new TextEncoder().encode(text).length > MOST_PART_BYTES)
    return undefined;
  return `--form-string ${quoteShell(`${name}=${text}`)}`;
}

function textOf(value: Literal, { type, values = [] }: CalledField): string | undefined {
  if (type === 'text') return String(value);
  if (type !== 'category') return printLiteral(value, json);
  // `1` and `"1"` are one text.
  const isUnique = values.filter((other) => String(other) === String(value)).length <= 1;
  return isUnique ? String(value) : undefined;
}

/** curl itself reads `,`, `;` and quotes in the path of a part. */
function quotePath(fileName: string): string {
  const path = fileName === '-' ? './-' : fileName;
  return /^[\w./-]+$/.test(path) ? path : `"${path.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
