import { open, readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { packageDigest } from '../package-digest.ts';
import { hashFile } from './hash-file.ts';
import type { SourceUri } from './source-uri.ts';

const MARKER = 'complete.json';
const FILES = 'files';

/** Written last; says what an entry held when it was whole. */
const markerSchema = z.object({ version: z.literal(1), contents: z.string() });

/** The name of an entry: what it is, the digest of what was delivered, and the model's name, which its folder gives it. */
export function entryName({ shape, modelName }: Pick<SourceUri, 'shape' | 'modelName'>, sha256: string): string {
  return `${shape}-${sha256}-${modelName}`;
}

/** Where an entry's files lie: the model's name is the last part, so that it is read as from any other folder. */
export function entryFiles(entry: string, { modelName }: Pick<SourceUri, 'modelName'>): string {
  return join(entry, FILES, modelName);
}

/** What a server is pointed to: the one file, or the folder. */
export function servedPath(entry: string, uri: Pick<SourceUri, 'shape' | 'modelName'>): string {
  const folder = entryFiles(entry, uri);
  return uri.shape === 'file' ? join(folder, `${uri.modelName}.onnx`) : folder;
}

/** Writes the marker: from then on the entry is whole. */
export async function completeEntry(
  entry: string,
  uri: Pick<SourceUri, 'modelName'>,
  signal: AbortSignal,
): Promise<void> {
  const contents = await folderSha256(entryFiles(entry, uri), signal);
  await using marker = await open(join(entry, MARKER), 'wx');
  await marker.writeFile(JSON.stringify({ version: 1, contents }));
  await marker.sync();
}

/**
 * True for a whole entry whose bytes are still what they were: what its name says, for a file or a package; what was written
 * down when it was made, for an archive, whose own bytes are gone.
 */
export async function isWhole(entry: string, uri: Pick<SourceUri, 'modelName'>, signal: AbortSignal): Promise<boolean> {
  const text = await readFile(join(entry, MARKER), 'utf8').catch(() => undefined);
  const marker = text === undefined ? undefined : markerSchema.safeParse(parse(text)).data;
  if (marker === undefined) return false;
  const contents = await folderSha256(entryFiles(entry, uri), signal).catch(() => undefined);
  signal.throwIfAborted();
  return contents === marker.contents && (await isNamedAfter(entry, uri, contents, signal));
}

async function isNamedAfter(
  entry: string,
  uri: Pick<SourceUri, 'modelName'>,
  contents: string,
  signal: AbortSignal,
): Promise<boolean> {
  const [, shape, named] = /^(file|package)-([0-9a-f]{64})-/.exec(basename(entry)) ?? [];
  if (shape === undefined) return true;
  if (shape === 'package') return contents === named;
  const { sha256 } = await hashFile(servedPath(entry, { shape: 'file', ...uri }), signal);
  return sha256 === named;
}

/** Of all files of a folder. */
async function folderSha256(folder: string, signal: AbortSignal): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sums = new Map<string, string>();
  for (const entry of entries.filter((found) => !found.isDirectory())) {
    const path = join(entry.parentPath, entry.name);
    const { sha256 } = await hashFile(path, signal);
    sums.set(relative(folder, path).replaceAll(sep, '/'), sha256);
  }
  return packageSha256(sums);
}

/** As `packageDigest`, in plain hex. */
export function packageSha256(sha256ByPath: ReadonlyMap<string, string>): string {
  return packageDigest(sha256ByPath).replace('sha256:', '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
