import { extname } from 'node:path';
import { isSupportedImage, sniffImage } from '@web-single/signature';
import { InputError } from './input-row.ts';
import { readStart, STANDARD_INPUT } from './read-bytes.ts';

export type RowFormat = 'csv' | 'ndjson';

export interface Table {
  readonly format: RowFormat;
}

export const PICTURE = { picture: true } as const;
export type InputKind = Table | typeof PICTURE;

export interface FoundKinds {
  /** One a file, where there is no problem. */
  readonly kinds: readonly InputKind[];
  readonly problems: readonly string[];
}

/** What each file is: pictures by what is in them, tables by what was said or by their extension. All problems at once. */
export async function findKinds(files: readonly string[], format: RowFormat | undefined): Promise<FoundKinds> {
  const found = await Promise.all(files.map((file) => kindOf(file, format)));
  const kinds = found.filter((kind) => typeof kind !== 'string');
  const pictures = kinds.filter((kind) => kind === PICTURE).length;
  const isMixed = pictures > 0 && pictures < kinds.length;
  return {
    kinds,
    problems: [
      ...found.filter((kind) => typeof kind === 'string'),
      ...(isMixed ? ['Pictures and tables are read in calls of their own: name one kind.'] : []),
    ],
  };
}

const FORMATS: Readonly<Record<string, RowFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
};

/** The kind, or what is wrong with the file. */
async function kindOf(file: string, format: RowFormat | undefined): Promise<InputKind | string> {
  if (file === STANDARD_INPUT)
    return format === undefined ? 'Standard input has no extension: say --format csv or --format ndjson.' : { format };
  try {
    return kindByStart(file, await readStart(file), format);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

function kindByStart(file: string, start: Uint8Array, format: RowFormat | undefined): InputKind | string {
  const kind = sniffImage(start);
  if (isSupportedImage(kind)) return PICTURE;
  const known = format ?? FORMATS[extname(file).toLowerCase()];
  if (known !== undefined) return { format: known };
  if (kind !== null) return `"${file}" is a file of type ${kind}: expected PNG, JPEG or WebP.`;
  const array = /^\s*\[/.test(Buffer.from(start).toString('latin1'))
    ? ` A JSON array is not read: jq -c '.[]' writes its values a line each.`
    : '';
  return `"${file}" is no picture, and its extension tells no format: say --format csv or --format ndjson.${array}`;
}
