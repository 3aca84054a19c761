import { ContractError } from './contract-error.ts';
import { findJsonFault } from './json-fault.ts';

export interface ParseJsonOptions {
  /** Deepest nesting of arrays and objects that is parsed; deeper bodies are refused before they cost a stack. */
  readonly maxDepth?: number;
  /** Integers beyond ±(2^53 − 1) become bigint instead of the nearest double; for models with 64-bit integer inputs. */
  readonly exactIntegers?: boolean;
}

const decodeUtf8 = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw new ContractError('INVALID_REQUEST', 'The body starts with a byte order mark: send UTF-8 without one.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ContractError('INVALID_REQUEST', 'The body is not valid UTF-8.');
  }
};

interface Scan {
  /** Position of the bracket that is one too deep, or -1. */
  readonly tooDeepAt: number;
  /** True where a number has more digits than a double holds: its integers are then read exactly. */
  readonly hasLongNumber: boolean;
}

const MAX_EXACT_DIGITS = 15;

/** One pass over the text outside of strings. Linear, no recursion. */
const scan = (text: string, maxDepth: number): Scan => {
  let depth = 0;
  let digits = 0;
  let hasLongNumber = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    if (char >= 48 && char <= 57) {
      digits += 1;
      hasLongNumber ||= digits > MAX_EXACT_DIGITS;
      continue;
    }
    digits = 0;
    if (char === 34) index = endOfString(text, index);
    else if (char === 91 || char === 123) {
      depth += 1;
      if (depth > maxDepth) return { tooDeepAt: index, hasLongNumber };
    } else if (char === 93 || char === 125) depth -= 1;
  }
  return { tooDeepAt: -1, hasLongNumber };
};

/** Index of the closing quote of the string that opens at `start`. */
const endOfString = (text: string, start: number): number => {
  for (let index = start + 1; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    if (char === 92) index += 1;
    else if (char === 34) return index;
  }
  return text.length;
};

type SourceReviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** An integer that a double cannot hold becomes a bigint of exactly the digits sent. */
const keepInteger: SourceReviver = (_key, value, { source }) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
    ? BigInt(source)
    : value;

/** Parses a request body: strict UTF-8, bounded depth. Messages name a position, never content. */
export function parseJson(bytes: Uint8Array, options: ParseJsonOptions = {}): unknown {
  const { maxDepth = 64, exactIntegers = false } = options;
  if (bytes.length === 0) throw new ContractError('INVALID_REQUEST', 'The body is empty: expected JSON.');
  const text = decodeUtf8(bytes);
  const { tooDeepAt, hasLongNumber } = scan(text, maxDepth);
  if (tooDeepAt >= 0) {
    throw new ContractError(
      'INVALID_REQUEST',
      `The body is nested deeper than ${maxDepth} levels at position ${tooDeepAt}.`,
    );
  }
  try {
    return exactIntegers && hasLongNumber
      ? JSON.parse(text, keepInteger as (key: string, value: unknown) => unknown)
      : JSON.parse(text);
  } catch {
    throw new ContractError('INVALID_REQUEST', `The body is not valid JSON at position ${findJsonFault(text)}.`);
  }
}
