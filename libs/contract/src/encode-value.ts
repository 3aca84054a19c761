import { isTensor, toNested } from '@web-single/tensor';
import type { Tensor, Value } from '@web-single/tensor';
import { encodeBase64 } from './base64.ts';

/** What `writeJson` prints: JSON's own values, and bigint for integers that a double cannot hold. */
export type JsonValue =
  null | boolean | number | bigint | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** A value as JSON carries it: tensors nested, NaN and infinities null, bytes as `{ "base64": … }`, exact integers kept. */
export function encodeValue(value: Value): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value instanceof Uint8Array) return { base64: encodeBase64(value) };
  if (Array.isArray(value)) return value.map(encodeValue);
  if (isTensor(value)) return toNested(value as Tensor);
  return encodeRow(value as { readonly [name: string]: Value });
}

/** True for what `JSON.stringify` prints as `encodeValue` would have it: most answers, which need no copy then. */
export function isPlainJson(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'bigint';
  if (value instanceof Uint8Array || isTensor(value)) return false;
  if (Array.isArray(value)) return value.every(isPlainJson);
  const inner = value as { readonly [name: string]: Value };
  for (const name in inner) if (!isPlainJson(inner[name]!)) return false;
  return true;
}

/** `Object.fromEntries` defines own properties, so a field named `__proto__` stays a field. */
export function encodeRow(row: { readonly [name: string]: Value }): { readonly [name: string]: JsonValue } {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, encodeValue(value)]));
}
