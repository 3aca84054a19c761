import { quoteShell } from './quote-text.ts';

/** Text on the standard input. It is read by the shell: see `quoteHereJson`. */
export function hereDocument(text: string): string {
  return `<<EOF\n${text}\nEOF`;
}

/** A JSON string with a file in base64, for a here-document. */
export function fileAsBase64(fileName: string): string {
  return `"$(base64 < ${quoteShell(fileName)} | tr -d '\\n')"`;
}
