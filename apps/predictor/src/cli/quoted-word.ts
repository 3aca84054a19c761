/** As a shell takes it for one word. */
export function quotedWord(text: string): string {
  return /^[\w=.,:/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
