import type { JsonValue } from './encode-value.ts';

/** Prints JSON; a bigint as its exact integer literal, which `JSON.stringify` refuses. NaN and infinities become null. */
export function writeJson(value: JsonValue): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // The native printer is several times faster and fails only on a bigint, which is rare: hence first it, then ours.
    if (error instanceof TypeError) return print(value, JSON.stringify);
    throw error;
  }
}

/** As `writeJson`, but an infinity stays a number too large for a double, as it was read: null would mean a missing value. */
export function writeReadJson(value: JsonValue): string {
  return holdsInfinity(value) ? print(value, printNumber) : writeJson(value);
}

function holdsInfinity(value: JsonValue): boolean {
  if (typeof value === 'number') return value === Infinity || value === -Infinity;
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.some(holdsInfinity) : Object.values(value).some(holdsInfinity);
}

function printNumber(value: number): string {
  return Math.abs(value) === Infinity ? `${value < 0 ? '-' : ''}1e999` : JSON.stringify(value);
}

function print(value: JsonValue, ofNumber: (value: number) => string): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return ofNumber(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((inner) => print(inner, ofNumber)).join(',')}]`;
  const entries = Object.entries(value) as [string, JsonValue][];
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${print(inner, ofNumber)}`).join(',')}}`;
}
