import type { SentField } from './sent-fields.ts';

/** What must lie beside a snippet; nothing where it needs no file. */
export function filesNote(fields: readonly SentField[]): readonly string[] {
  const names = fields.flatMap(({ content }) => ('file' in content ? [content.file.fileName] : []));
  return names.length === 0 ? [] : [`Run it beside ${names.join(' and ')}.`];
}

/** How a picture that stands in the snippet comes from a file instead. */
export function inlineNote(fields: readonly SentField[], text: (name: string) => string): readonly string[] {
  const field = fields.find(({ content }) => 'base64' in content);
  return field === undefined ? [] : [text(field.name)];
}
