/** Characters that a reader does not see, or that turn the direction of what they see. */
const HIDDEN = /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu;

/** A JSON string: what is hidden in it is escaped, so that it survives a paste. */
export function quoteJson(text: string): string {
  return JSON.stringify(text).replace(HIDDEN, escapeUnits);
}

/** A string in single quotes. */
export function quoteJavaScript(text: string): string {
  const inner = quoteJson(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}

/** A string in double quotes. Python joins no surrogates, so characters beyond 16 bits have an escape of their own. */
export function quotePython(text: string): string {
  return JSON.stringify(text).replace(HIDDEN, (character) =>
    character.length === 1 ? escapeUnits(character) : `\\U${hex(character.codePointAt(0) ?? 0, 8)}`,
  );
}

/** One word of sh, bash and zsh, whatever is in it. */
export function quoteShell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * A JSON string in a here-document, where the shell reads `$`, backquotes and pairs of backslashes; some shells, `!`. JSON
 * can write all of them as escapes, which the shell leaves alone.
 */
export function quoteHereJson(text: string): string {
  return quoteJson(text).replace(/\\\\|[$`!]/g, (found) => escapeUnits(found.charAt(0)));
}

function escapeUnits(text: string): string {
  return Array.from({ length: text.length }, (_, index) => `\\u${hex(text.charCodeAt(index), 4)}`).join('');
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
