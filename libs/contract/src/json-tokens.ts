const QUOTE = 34;
const BACKSLASH = 92;
const SIMPLE_ESCAPES = '"\\/bfnrt';

/** One token from its start: `end` is behind its last character, or where it stops being JSON if `ok` is false. */
export interface Token {
  readonly end: number;
  readonly ok: boolean;
}

/** Index of the first character at or behind `from` that is no white space; `mostAt` where there is none before that. */
export function skipSpace(text: string, from: number, mostAt = Infinity): number {
  let at = from;
  for (;;) {
    if (at >= mostAt) return at;
    const char = text.charCodeAt(at);
    if (char !== 32 && char !== 10 && char !== 13 && char !== 9) return at;
    at += 1;
  }
}

/** The string whose opening quote is at `start`; `escaped` tells whether it holds an escape. */
export function scanString(text: string, start: number): Token & { readonly escaped: boolean } {
  let escaped = false;
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) return { end: at + 1, ok: true, escaped };
    if (char < 32) return { end: at, ok: false, escaped };
    if (char !== BACKSLASH) continue;
    escaped = true;
    const length = escapeLength(text, at);
    if (length === 0) return { end: at, ok: false, escaped };
    at += length - 1;
  }
  return { end: text.length, ok: false, escaped };
}

/** Characters of the escape that begins at `at`; 0 where it is none. */
function escapeLength(text: string, at: number): number {
  const kind = text.charAt(at + 1);
  if (kind === 'u') return [2, 3, 4, 5].every((offset) => isHexDigit(text.charCodeAt(at + offset))) ? 6 : 0;
  return kind !== '' && SIMPLE_ESCAPES.includes(kind) ? 2 : 0;
}

/** `| 32` makes a capital letter small. */
function isHexDigit(char: number): boolean {
  return (char >= 48 && char <= 57) || ((char | 32) >= 97 && (char | 32) <= 102);
}

/** The number at `start`, as long as it is one; `integer` where it has neither fraction nor exponent. */
export function scanNumber(text: string, start: number): Token & { readonly integer: boolean } {
  const digits = text.charAt(start) === '-' ? start + 1 : start;
  const whole = text.charAt(digits) === '0' ? digits + 1 : skipDigits(text, digits);
  if (whole === digits) return { end: start, ok: false, integer: false };
  const fraction = text.charAt(whole) === '.' ? skipDigits(text, whole + 1) : whole;
  const mantissa = fraction === whole + 1 ? whole : fraction;
  const end = mantissa < fraction ? mantissa : skipExponent(text, mantissa);
  return { end, ok: true, integer: end === whole };
}

function skipExponent(text: string, at: number): number {
  const letter = text.charAt(at);
  if (letter !== 'e' && letter !== 'E') return at;
  const sign = text.charAt(at + 1);
  const digits = sign === '+' || sign === '-' ? at + 2 : at + 1;
  const end = skipDigits(text, digits);
  return end === digits ? at : end;
}

function skipDigits(text: string, from: number): number {
  let at = from;
  for (;;) {
    const char = text.charCodeAt(at);
    if (!(char >= 48 && char <= 57)) return at;
    at += 1;
  }
}
