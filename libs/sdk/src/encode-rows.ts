import { isImageSource, sniffContentType, toBase64 } from './image-source.ts';
import type { ImageSource } from './image-source.ts';
import type { ModelShape } from './model-shape.ts';
import { invalidInput } from './predictor-error.ts';

export interface EncodedRows {
  /** `BodyInit` by a name that Node's types have, too. */
  readonly body: NonNullable<RequestInit['body']>;
  readonly contentType: string;
  readonly count: number;
}

/** The body of a predict request: one image file as it is, everything else as JSON with images in base64. */
export async function encodeRows(input: unknown, shape: ModelShape | undefined): Promise<EncodedRows> {
  const file = soleFile(input, shape);
  if (file !== undefined) {
    return { body: file as NonNullable<RequestInit['body']>, contentType: await sniffContentType(file), count: 1 };
  }
  const rows = await Promise.all((Array.isArray(input) ? input : [input]).map((row) => encodeRow(row, shape)));
  return { body: JSON.stringify({ rows }, refuseLoss), contentType: 'application/json', count: rows.length };
}

/** The file, where the input is nothing else: bare, or as the one field of the row. */
function soleFile(input: unknown, shape: ModelShape | undefined): ImageSource | undefined {
  if (isImageSource(input)) {
    if (shape !== undefined && shape.file === undefined) {
      throw invalidInput('This model takes no bare file: send a row with its fields.');
    }
    return input;
  }
  if (shape?.file === undefined || typeof input !== 'object' || input === null) return undefined;
  const value = (input as Record<string, unknown>)[shape.file];
  return isImageSource(value) && Object.keys(input).length === 1 ? value : undefined;
}

async function encodeRow(row: unknown, shape: ModelShape | undefined): Promise<unknown> {
  if (isImageSource(row)) return { [shape?.file ?? 'image']: { base64: await toBase64(row) } };
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return row;
  // A bare `{ base64 }` is the image itself, not a row with a field of that name.
  if (shape?.file !== undefined && shape.file !== 'base64' && 'base64' in row) return { [shape.file]: row };
  const entries = Object.entries(row).map(async ([name, value]): Promise<[string, unknown]> => {
    const isImage = isImageSource(value) && (shape === undefined || shape.images.includes(name));
    return [name, isImage ? { base64: await toBase64(value) } : value];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Typed arrays become arrays; what JSON would silently change (NaN to null, digits of a bigint) is refused. */
export function refuseLoss(name: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array);
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (
    typeof value === 'bigint' ? Number.isSafeInteger(number) : typeof number !== 'number' || Number.isFinite(number)
  ) {
    return number;
  }
  throw invalidInput(
    `The value of ${JSON.stringify(name)} is ${typeof value === 'bigint' ? 'beyond ±(2^53 − 1)' : String(value)}, which JSON cannot carry. Send null for a missing value.`,
  );
}
