import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { readPackageFile, UnsafeFileError } from '../open-file.ts';

/**
 * The bytes of a regular file, also through a link; undefined where there is none, or it is larger. Pipes and devices are never
 * waited for.
 */
export async function readPlainFile(path: string, maxBytes: number): Promise<Uint8Array | undefined> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return undefined;
  try {
    return (await readPackageFile(dirname(real), basename(real), { allowHardLinks: true, maxBytes })).bytes;
  } catch (error) {
    if (error instanceof UnsafeFileError) return undefined;
    throw error;
  }
}

const MOST_TEXT_BYTES = 1_000_000;

/** A manifest or configuration as text. */
export async function readPlainText(path: string): Promise<string | undefined> {
  const bytes = await readPlainFile(path, MOST_TEXT_BYTES);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
}
