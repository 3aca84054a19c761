import { quoteShell } from './quote-text.ts';

/** Text on the standard input. It is read by the shell: see `quoteHereJson`. */
export function hereDocument(text: string): string {
  const lines = text.split('\n');
  // The shell looks for the end before it reads quotes: no line of the text may be it.
  let end = 'EOF';
  while (lines.includes(end)) end += '_';
  return `<<${end}\n${text}\n${end}`;
}

/** A JSON string with a file in base64, for a here-document. */
export function fileAsBase64(fileName: string): string {
  return `"$(base64 < ${quoteShell(fileName)} | tr -d '\\n')"`;
}
