import type { JsonLimits } from './json-reader.ts';

/** What one pass over a text tells before it is parsed. */
interface TextFacts {
  /** Deepest nesting of brackets outside strings. */
  readonly depth: number;
  /** Colons outside strings: in valid JSON the number of names, repeated ones included. */
  readonly names: number;
  /** True where a number has more digits before its point than a double is sure to hold. */
  readonly hasLongInteger: boolean;
}

const MAX_EXACT_DIGITS = 15;
const [QUOTE, BACKSLASH, COLON, POINT] = [34, 92, 58, 46];

/**
 * Reads a text by the native parser, three times as fast as `JsonReader`. Undefined where the text is not plain: invalid,
 * with a name twice, over a limit, with an integer to be kept exactly. Only the reader can then read it or say what is wrong.
 */
export function parsePlainJson(text: string, limits: JsonLimits): unknown {
  const { depth, names, hasLongInteger } = scan(text);
  if (depth > limits.maxDepth || (limits.exactIntegers && hasLongInteger)) return undefined;
  const value = parseNatively(text);
  const count = { names: 0, values: 0, longestList: 0 };
  countIn(value, 1, count);
  const isPlain = count.names === names && count.values <= limits.maxValues && count.longestList <= limits.maxRows;
  return isPlain ? value : undefined;
}

function scan(text: string): TextFacts {
  let [open, depth, names, digits] = [0, 0, 0, 0];
  let hasLongInteger = false;
  let isFraction = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char >= 48 && char <= 57) {
      digits += 1;
      hasLongInteger ||= digits > MAX_EXACT_DIGITS && !isFraction;
      continue;
    }
    digits = 0;
    isFraction = char === POINT;
    if (char === QUOTE) at = endOfString(text, at);
    else if (char === COLON) names += 1;
    else if (char === 91 || char === 123) depth = Math.max(depth, (open += 1));
    else if (char === 93 || char === 125) open -= 1;
  }
  return { depth, names, hasLongInteger };
}

/** Index of the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === BACKSLASH) at += 1;
    else if (char === QUOTE) return at;
  }
  return text.length;
}

function parseNatively(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `longestList` is that of the arrays at depth 2, which are the rows of a request. */
interface ValueCount {
  names: number;
  values: number;
  longestList: number;
}

function countIn(value: unknown, depth: number, count: ValueCount): void {
  count.values += 1;
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    if (depth === 2) count.longestList = Math.max(count.longestList, value.length);
    for (const element of value) countIn(element, depth + 1, count);
    return;
  }
  for (const name in value) {
    count.names += 1;
    countIn((value as Record<string, unknown>)[name], depth + 1, count);
  }
}
