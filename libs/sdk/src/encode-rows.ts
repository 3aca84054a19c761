import { bytesOf, isImageSource, sniffContentType, toBase64 } from './image-source.ts';
import type { ImageSource } from './image-source.ts';
import { concatenate } from './infer/concatenate.ts';
import { isObject } from './is-object.ts';
import type { ModelShape } from './model-shape.ts';
import { invalidInput } from './predictor-error.ts';
import type { HttpRequest } from './send.ts';

/**
 * The body of a predict request: one image file as it is, everything else as JSON with images in base64. All but blobs, which
 * never change, is read before the first wait: what a caller writes over bytes afterwards is not sent.
 */
export async function encodeRows(input: unknown, shape: ModelShape | undefined): Promise<Omit<HttpRequest, 'path'>> {
  const file = soleFile(input, shape);
  if (file !== undefined) {
    const body = file instanceof Blob ? file : concatenate([bytesOf(file)]);
    return { body, headers: { 'content-type': await sniffContentType(body) } };
  }
  const rows = Array.from(Array.isArray(input) ? (input as unknown[]) : [input], (row) => encodeRow(row, shape));
  return { body: `{"rows":[${(await Promise.all(rows)).join()}]}`, headers: { 'content-type': 'application/json' } };
}

/** The file, where the input is nothing else: bare, or as the one field of the row. */
function soleFile(input: unknown, shape: ModelShape | undefined): ImageSource | undefined {
  const file = shape?.file;
  if (isImageSource(input)) {
    if (shape !== undefined && file === undefined) {
      throw invalidInput('This model takes no bare file: send a row with its fields.');
    }
    return input;
  }
  const value = file !== undefined && isObject(input) && Object.keys(input).join() === file && input[file];
  return isImageSource(value) ? value : undefined;
}

/** Its own fields, whatever methods it has. */
async function encodeRow(row: unknown, shape: ModelShape | undefined): Promise<string> {
  const fields = fieldsOf(row, shape);
  const kind = typeof (fields as { readonly then?: unknown } | null)?.then === 'function' ? 'promise' : typeof fields;
  if (/promise|undefined|function|symbol/.test(kind)) throw invalidInput(`A row must be a value of JSON, got ${kind}.`);
  if (!isObject(fields) || ArrayBuffer.isView(fields)) return textOf('row', fields).slice('"row":'.length);
  const texts = Object.entries(fields).map(([name, value]) => {
    if (!isImageSource(value) || shape?.images.includes(name) === false) return textOf(name, value);
    const write = (bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): string => textOf(name, { base64: toBase64(bytes) });
    return value instanceof Blob ? value.arrayBuffer().then(write) : write(value);
  });
  return `{${(await Promise.all(texts)).filter(Boolean).join()}}`;
}

/** A bare file gets its field; so does a bare `{ base64 }`, which is the image itself, not a row with a field of that name. */
function fieldsOf(row: unknown, shape: ModelShape | undefined): unknown {
  const isImage = isImageSource(row);
  const { file = isImage ? 'image' : 'base64' } = shape ?? {};
  return isImage || (file !== 'base64' && isObject(row) && Object.hasOwn(row, 'base64')) ? { [file]: row } : row;
}

/** `"name":value`; empty where JSON leaves a value out. */
const textOf = (name: string, value: unknown): string =>
  typeof value === 'function' ? '' : JSON.stringify({ [name]: value }, refuseLoss).slice(1, -1);

/** Typed arrays become arrays; what JSON would silently change (NaN to null, digits of a bigint) is refused. */
export function refuseLoss(this: unknown, name: string, value: unknown): unknown {
  // Before its toJSON, which a Buffer has.
  const given = (this as Readonly<Record<string, unknown>>)[name];
  const view = [given, value].find((it) => ArrayBuffer.isView(it));
  if (view !== undefined) return Array.from(view as Float32Array);
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
