import type { CalledModel, RowTensor } from './called-model.ts';
import { toLiteral } from './literal.ts';
import type { Literal } from './literal.ts';

/** A file beside the snippet. */
export interface ImageFile {
  readonly fileName: string;
  readonly mediaType: string;
}

/** A field of the row that is there. */
export interface SentField {
  readonly name: string;
  readonly content: { readonly value: Literal } | { readonly base64: string } | { readonly file: ImageFile };
  /** As the protocol takes it. */
  readonly tensor: RowTensor | undefined;
}

/** Examples (4 kB at most) and drawings on a canvas are in no file that a snippet could be run beside; photographs are. */
const MOST_INLINE_BYTES = 16_384;
const MOST_INLINE_CHARACTERS = Math.ceil(MOST_INLINE_BYTES / 3) * 4;

/** The fields of a row that are there, in the order of the signature: each as a value, small image or file. */
export function sentFields(
  { inputs, rowLevel }: CalledModel,
  row: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, ImageFile>>,
): readonly SentField[] {
  return Object.entries(inputs).flatMap(([name, { type }]): readonly SentField[] => {
    const value = Object.hasOwn(row, name) ? row[name] : undefined;
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    const tensor = rowLevel?.inputs.find((input) => input.name === name);
    if (type === 'image') return imageContent(name, value, file).map((content) => ({ name, content, tensor }));
    return isMissing(value) ? [] : [{ name, content: { value: exact(toLiteral(value), tensor) }, tensor }];
  });
}

/** No number of a row is NaN, but for one that is missing. */
function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function imageContent(name: string, value: unknown, file: ImageFile | undefined): readonly SentField['content'][] {
  const base64 = (value as { readonly base64?: unknown } | null | undefined)?.base64;
  const isInline = typeof base64 === 'string' && (file === undefined || base64.length <= MOST_INLINE_CHARACTERS);
  if (isInline) return [{ base64 }];
  if (isMissing(value) && file === undefined) return [];
  return [{ file: file ?? { fileName: `${name}.png`, mediaType: 'image/png' } }];
}

/** Integers beyond ±(2^53 − 1) as bigint: the shortest digits of such a number are those of another integer. */
function exact(value: Literal, tensor: RowTensor | undefined): Literal {
  if (tensor?.datatype !== 'INT64' && tensor?.datatype !== 'UINT64') return value;
  if (Array.isArray(value)) return value.map((inner: Literal) => exact(inner, tensor));
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value;
}
