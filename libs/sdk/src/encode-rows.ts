import { isImageSource, sniffContentType, toBase64 } from './image-source.ts';
import type { ImageSource } from './image-source.ts';
import { isObject } from './is-object.ts';
import type { ModelShape } from './model-shape.ts';
import { invalidInput } from './predictor-error.ts';
import type { InvalidInputError } from './predictor-error.ts';
import type { HttpRequest } from './send.ts';

/**
 * The body of a predict request: one image file as it is, everything else as JSON with images in base64. All but blobs, which
 * never change, is read before the first wait: what a caller writes over bytes afterwards is not sent.
 */
export async function encodeRows(input: unknown, shape: ModelShape | undefined): Promise<Omit<HttpRequest, 'path'>> {
  const file = soleFile(input, shape);
  if (file !== undefined) {
    const body = file instanceof Blob ? file : new Uint8Array(file instanceof ArrayBuffer ? file.slice(0) : file);
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
  const isPlain = isObject(fields) && !ArrayBuffer.isView(fields);
  const text = isPlain ? '' : textOf('row', fields).slice('"row":'.length);
  if (text) return text;
  if (!isPlain || fields instanceof Promise) throw lossy('row', isPlain ? 'Promise' : typeof fields);
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
  if (ArrayBuffer.isView(given)) return Array.from(given as Float32Array);
  const isBig = typeof value === 'bigint';
  const number = isBig ? Number(value) : value;
  if (isBig ? Number.isSafeInteger(number) : typeof number !== 'number' || Number.isFinite(number)) return number;
  throw lossy(name, isBig ? 'beyond 2^53' : String(value));
}

const lossy = (name: string, what: string): InvalidInputError =>
  invalidInput(
    `The value of ${JSON.stringify(name)} is ${what}, which JSON cannot carry. Send null for a missing value.`,
  );
