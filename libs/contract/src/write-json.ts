import type { JsonValue } from './encode-value.ts';

/** Prints JSON; a bigint as its exact integer literal, which `JSON.stringify` refuses. NaN and infinities become null. */
export function writeJson(value: JsonValue): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // The native printer is several times faster and fails only on a bigint, which is rare: hence first it, then ours.
    if (error instanceof TypeError) return print(value);
    throw error;
  }
}

function print(value: JsonValue): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(print).join(',')}]`;
  const entries = Object.entries(value) as [string, JsonValue][];
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${print(inner)}`).join(',')}}`;
}
