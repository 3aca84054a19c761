import type { JsonValue } from '@web-single/contract';

/** Rows as JSON carries them: the bytes of a picture as `{ "base64": … }`; all else was read from text and is JSON already. */
export function encodePictures(rows: readonly unknown[]): readonly JsonValue[] {
  return rows.map((row) => {
    if (!holdsBytes(row)) return row as JsonValue;
    const entries = Object.entries(row as Record<string, unknown>);
    return Object.fromEntries(entries.map(([name, value]) => [name, encode(value)]));
  });
}

function holdsBytes(row: unknown): boolean {
  return typeof row === 'object' && row !== null && Object.values(row).some((value) => value instanceof Uint8Array);
}

function encode(value: unknown): JsonValue {
  if (!(value instanceof Uint8Array)) return value as JsonValue;
  return { base64: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
}
