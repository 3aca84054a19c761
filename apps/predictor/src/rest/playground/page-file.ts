import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentCoding } from './content-coding.ts';

/** A file of the page, as the build lists it. */
export interface PageFile {
  /** Of the URL; nothing else is served. */
  readonly path: string;
  /** Relative to the page's folder; its compressed forms have the coding's name behind it. */
  readonly file: string;
  readonly type: string;
  /** Of the content: another content, another digest. */
  readonly digest: string;
  /** True where the path itself changes with the content. */
  readonly isHashed: boolean;
  /** Of each form there is. */
  readonly sizesBytes: { readonly identity: number } & { readonly [Coding in ContentCoding]?: number };
}

/** The list that the build wrote beside the files. Their content is read when it is asked for: it would take memory otherwise. */
export async function listPageFiles(folder: string): Promise<readonly PageFile[]> {
  return JSON.parse(await readFile(join(folder, 'files.json'), 'utf8')) as readonly PageFile[];
}

/** The bytes of one form of a file. */
export function readPageFile(folder: string, { file }: PageFile, coding: ContentCoding): Promise<Buffer> {
  return readFile(join(folder, coding === 'identity' ? file : `${file}.${coding}`));
}
