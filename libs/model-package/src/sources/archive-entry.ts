import { unsafePathReason } from '../open-file.ts';

const MAX_DEPTH = 8;
const MAX_PATH_LENGTH = 512;
/** As file systems have it. */
const MAX_NAME_BYTES = 255;
const SHOWN_LENGTH = 80;

/** The path of an archive's entry or of an object below a prefix, as a file is made of it; a reason where none may be. */
export function entryPath(name: string): { readonly path: string } | { readonly reason: string } {
  // `tar -C folder .` writes "./model.yaml", and folders end in "/".
  const path = name.replace(/^(\.\/)+/, '').replace(/\/$/, '');
  if (path === '' || path === '.') return { path: '' };
  // Control characters, and those that turn the writing direction: they make a name look like another one.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(path))
    return { reason: 'holds control characters' };
  if (path.length > MAX_PATH_LENGTH) return { reason: `is longer than ${MAX_PATH_LENGTH} characters` };
  if (path.split('/').length > MAX_DEPTH) return { reason: `lies deeper than ${MAX_DEPTH} folders` };
  if (path.split('/').some((name) => Buffer.byteLength(name) > MAX_NAME_BYTES))
    return { reason: `has a name of more than ${MAX_NAME_BYTES} bytes` };
  const reason = unsafePathReason(path);
  return reason === undefined ? { path } : { reason };
}

/** A name as messages show it: its beginning, and nothing in it that a terminal would obey. */
export function shownName(name: string): string {
  return JSON.stringify(name.length > SHOWN_LENGTH ? `${name.slice(0, SHOWN_LENGTH)}…` : name);
}

/** Paths that were seen: refuses one twice, also in another case or composition, and a file that is also a folder. */
export class SeenPaths {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();

  /** The end of a sentence about a file's path, or undefined where it is new. */
  add(path: string): string | undefined {
    const folded = path.normalize('NFC').toLowerCase();
    if (this.#files.has(folded)) return 'is there twice, or in another case';
    if (this.#folders.has(folded)) return 'is a file and a folder';
    const folders = folded
      .split('/')
      .slice(0, -1)
      .map((_, index, parts) => parts.slice(0, index + 1).join('/'));
    if (folders.some((folder) => this.#files.has(folder))) return 'lies in a file';
    this.#files.add(folded);
    for (const folder of folders) this.#folders.add(folder);
    return undefined;
  }
}
