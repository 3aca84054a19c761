import { hereJson, json } from './dialects.ts';
import { code, printLiteral } from './literal.ts';
import type { Literal } from './literal.ts';
import { multipartLines } from './curl-multipart.ts';
import { filesNote, inlineNote } from './files-note.ts';
import { quoteShell } from './quote-text.ts';
import type { SentField } from './sent-fields.ts';
import { fileAsBase64, hereDocument } from './shell-text.ts';
import type { PreparedCall, Snippet } from './snippet.ts';

/** Systems take some 128 kB in one word of a command line. */
const MOST_WORD_BYTES = 100_000;
const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp'];

/** The typed route: JSON, one image as it is, or a form. */
export function curlSnippet(call: PreparedCall): Snippet | undefined {
  if (!call.fields.every(isFiniteField)) return undefined;
  const { baseUrl, model } = call;
  const version = model.version === undefined ? '' : `/versions/${encodeURIComponent(model.version)}`;
  const url = `${baseUrl}/v1/models/${encodeURIComponent(model.name)}${version}/predict`;
  const note = [...filesNote(call.fields), ...inlineNote(call.fields, (name) => fromFile(call.fields, name))].join(' ');
  return {
    id: 'curl',
    title: 'curl',
    language: 'sh',
    code: `curl -sS ${quoteShell(url)} \\\n  ${bodyLines(call).join(' \\\n  ')}`,
    ...(note !== '' && { note }),
  };
}

function bodyLines(call: PreparedCall): readonly string[] {
  const { model, fields } = call;
  const [first] = fields;
  if (!fields.some(({ content }) => 'file' in content)) return jsonLines(fields);
  const images = Object.values(model.inputs).filter(({ type }) => type === 'image');
  const isSole = images.length === 1 && fields.length === 1 && first !== undefined && 'file' in first.content;
  if (isSole) {
    const { fileName, mediaType } = first.content.file;
    const type = IMAGE_TYPES.includes(mediaType) ? mediaType : 'image/png';
    return [`-H 'content-type: ${type}'`, `--data-binary ${quoteShell(`@${fileName === '-' ? './-' : fileName}`)}`];
  }
  return multipartLines(call) ?? jsonLines(fields);
}

function jsonLines(fields: readonly SentField[]): readonly string[] {
  const row = new Map(fields.map(({ name, content }) => [name, valueOf(content)]));
  const body = new Map([['rows', [row]]]);
  const header = "-H 'content-type: application/json'";
  const usesFiles = fields.some(({ content }) => 'file' in content);
  const text = printLiteral(body, json, '  ');
  const isWord = !usesFiles && new TextEncoder().encode(text).length <= MOST_WORD_BYTES;
  return isWord
    ? [header, `-d ${quoteShell(text)}`]
    : [header, `--data-binary @- ${hereDocument(printLiteral(body, hereJson))}`];
}

function valueOf(content: SentField['content']): Literal {
  if ('value' in content) return content.value;
  const base64 = 'file' in content ? code(fileAsBase64(content.file.fileName)) : content.base64;
  return new Map([['base64', base64]]);
}

function fromFile(fields: readonly SentField[], name: string): string {
  const options =
    fields.length === 1
      ? "-H 'content-type: image/png' --data-binary @picture.png"
      : `-F ${quoteShell(`${name}=@picture.png`)}`;
  return `From a file: ${options}${fields.length === 1 ? '' : ' --form-string name=value …'}`;
}

function isFiniteField({ content }: SentField): boolean {
  return !('value' in content) || isFiniteValue(content.value);
}

function isFiniteValue(value: Literal): boolean {
  if (Array.isArray(value)) return value.every(isFiniteValue);
  return typeof value !== 'number' || Number.isFinite(value);
}
