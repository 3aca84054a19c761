import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SourceFiles } from '@web-single/contract';

/** A folder that a client cannot be written to: a sentence about why, and what to do. */
export class FolderError extends Error {}

/** As the generator names the package of a client. */
const CLIENT_NAME = 'predictor-client';

/** Throws `FolderError` for a folder with anything in it that `predictor sdk` did not write, and for what is no folder. */
export async function refuseFolder(folder: string): Promise<void> {
  if (folder.trim() === '') throw new FolderError('--out "" names no folder: name an empty or new one.');
  const entries = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw new FolderError(
      `"${folder}" cannot be written to: ${REASONS[codeOf(error)] ?? codeOf(error)}. Name an empty or new folder.`,
      { cause: error },
    );
  });
  if (entries.length === 0 || (await packageName(folder)) === CLIENT_NAME) return;
  throw new FolderError(
    `"${folder}" holds other files than a client: nothing was written. Name an empty or new folder.`,
  );
}

/** Writes files and their folders: first the manifest, by which an unfinished client is known as one and written again. */
export async function writeFolder(
  folder: string,
  { 'package.json': manifest = '', ...others }: SourceFiles,
): Promise<void> {
  for (const [name, text] of [['package.json', manifest], ...Object.entries(others)] as [string, string][]) {
    const file = join(folder, name);
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    } catch (error) {
      throw new FolderError(
        `"${file}" cannot be written: ${REASONS[codeOf(error)] ?? codeOf(error)}. The client is not complete: mend that and write it again.`,
        { cause: error },
      );
    }
  }
}

/** As its manifest says; undefined where there is none to be read. */
async function packageName(folder: string): Promise<unknown> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null && 'name' in manifest ? manifest.name : undefined;
  } catch {
    return undefined;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  ENOTDIR: 'it is a file, or lies below one',
  EEXIST: 'it is a file, or lies below one',
  EISDIR: 'there is a folder of this name',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk may only be read',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
