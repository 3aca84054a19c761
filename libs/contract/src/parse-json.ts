import { ContractError } from './contract-error.ts';
import { JsonReader, type JsonLimits } from './json-reader.ts';
import { parsePlainJson } from './parse-plain-json.ts';

export type ParseJsonOptions = Partial<JsonLimits>;

const DEFAULT_LIMITS: JsonLimits = { maxDepth: 64, maxValues: 1_000_000, maxRows: Infinity, exactIntegers: false };

/** Parses a request body in one go: strict UTF-8, RFC 8259, no name twice. Throws `ContractError`s that name a position, never content. */
export function parseJson(bytes: Uint8Array, options: ParseJsonOptions = {}): unknown {
  const text = decodeUtf8(bytes);
  const plain = parsePlainJson(text, { ...DEFAULT_LIMITS, ...options });
  if (plain !== undefined) return plain;
  const reader = new JsonReader(text, { ...DEFAULT_LIMITS, ...options });
  reader.read(Infinity);
  return reader.value;
}

/** Opens a body for reading a few tokens at a time, to the same value and with the same errors as `parseJson`. */
export function openJson(bytes: Uint8Array, options: ParseJsonOptions = {}): JsonReader {
  return new JsonReader(decodeUtf8(bytes), { ...DEFAULT_LIMITS, ...options });
}

function decodeUtf8(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new ContractError('INVALID_REQUEST', 'The body is empty: expected JSON.');
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw new ContractError('INVALID_REQUEST', 'The body starts with a byte order mark: send UTF-8 without one.');
  }
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new ContractError('INVALID_REQUEST', 'The body is not valid UTF-8.');
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
