const isSpace = (char: string | undefined): boolean => char === ' ' || char === '\n' || char === '\r' || char === '\t';

const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (isSpace(text[at])) at += 1;
  return at;
};

/** Reads one token from its start; `end` is where it stops, `ok` whether it is whole. */
interface Token {
  readonly end: number;
  readonly ok: boolean;
}

const readString = (text: string, start: number): Token => {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === 34) return { end: at + 1, ok: true };
    if (char < 32) return { end: at, ok: false };
    if (char !== 92) continue;
    const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
    escape.lastIndex = at;
    const found = escape.exec(text);
    if (found === null) return { end: at, ok: false };
    at += found[0].length - 1;
  }
  return { end: text.length, ok: false };
};

const readScalar = (text: string, start: number): Token => {
  if (text[start] === '"') return readString(text, start);
  const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  scalar.lastIndex = start;
  const found = scalar.exec(text);
  return found === null ? { end: start, ok: false } : { end: start + found[0].length, ok: true };
};

type Want = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma';

interface Cursor {
  readonly at: number;
  readonly want: Want;
}

const CLOSER: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** One token further, or undefined where the text does not go on as JSON must. `open` holds the brackets not yet closed. */
const advance = (text: string, { at, want }: Cursor, open: string[]): Cursor | undefined => {
  const char = text[at];
  const top = open.at(-1);
  const mayClose = want === 'comma' || want === 'value or ]' || want === 'key or }';
  if (mayClose && top !== undefined && char === CLOSER[top]) {
    open.pop();
    return { at: at + 1, want: 'comma' };
  }
  if (want === 'comma') return char === ',' && top ? { at: at + 1, want: top === '{' ? 'key' : 'value' } : undefined;
  if (want === 'colon') return char === ':' ? { at: at + 1, want: 'value' } : undefined;
  if (want === 'key' || want === 'key or }') return char === '"' ? { at, want: 'colon' } : undefined;
  if (char === '[' || char === '{') {
    open.push(char);
    return { at: at + 1, want: char === '[' ? 'value or ]' : 'key or }' };
  }
  return { at, want: 'comma' };
};

/** Position of the first character (0-based, UTF-16) at which a text stops being JSON; its length where it is cut short. */
export const findJsonFault = (text: string): number => {
  const open: string[] = [];
  let cursor: Cursor = { at: 0, want: 'value' };
  for (;;) {
    const at = skipSpace(text, cursor.at);
    if (at >= text.length) return text.length;
    const next = advance(text, { at, want: cursor.want }, open);
    if (next === undefined) return at;
    if (next.at > at) {
      cursor = next;
      continue;
    }
    const token = readScalar(text, at);
    if (!token.ok) return token.end;
    cursor = { at: token.end, want: next.want };
  }
};
