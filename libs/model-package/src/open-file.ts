import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, realpath } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Why a file of a package is not read; the text is the end of a sentence about it. */
export class UnsafeFileError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'UnsafeFileError';
  }
}

export interface OpenRules {
  /** Hard links are refused unless this is set: another name could change the bytes after they were checked. */
  readonly allowHardLinks?: boolean;
  readonly maxBytes?: number;
}

export interface ReadFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** Says why a path of a manifest or model is not a plain relative one, or undefined where it is. */
export function unsafePathReason(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.includes('\0')) return 'holds a NUL';
  if (path.includes('\\')) return 'holds a backslash; write "/"';
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return 'is a URI or has a drive letter';
  if (path.startsWith('/')) return 'is absolute';
  const parts = path.split('/');
  if (parts.includes('..')) return 'leaves the package';
  return parts.some((part) => part === '' || part === '.') ? 'is not a plain relative path' : undefined;
}

/** Reads a file of a package once, without following links, and hashes what was opened. Throws `UnsafeFileError`. */
export async function readPackageFile(folder: string, path: string, rules: OpenRules = {}): Promise<ReadFile> {
  await using handle = await openPackageFile(folder, path, rules);
  const content = await handle.readFile();
  // A plain view: `subarray` of a Buffer is far slower, and a model is cut into very many.
  const bytes = new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Hashes a file of a package without holding it in memory. Throws `UnsafeFileError`. */
export async function hashPackageFile(folder: string, path: string, rules: OpenRules = {}): Promise<string> {
  await using handle = await openPackageFile(folder, path, rules);
  const hash = createHash('sha256');
  const chunk = new Uint8Array(1 << 20);
  for (let read = await handle.read(chunk); read.bytesRead > 0; read = await handle.read(chunk)) {
    hash.update(chunk.subarray(0, read.bytesRead));
  }
  return hash.digest('hex');
}

async function openPackageFile(folder: string, path: string, rules: OpenRules): Promise<FileHandle> {
  const reason = unsafePathReason(path);
  if (reason !== undefined) throw new UnsafeFileError(reason);
  await refuseLinkedParents(folder, path);
  // O_NONBLOCK: opening a named pipe must not wait for a writer.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(join(folder, path), flags).catch((error: NodeJS.ErrnoException) => {
    throw new UnsafeFileError(openReasons[error.code ?? ''] ?? 'cannot be read');
  });
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw new UnsafeFileError('is not a regular file');
    if (status.nlink > 1 && rules.allowHardLinks !== true)
      throw new UnsafeFileError('is a hard link: it has another name elsewhere. Copy it');
    const maxBytes = rules.maxBytes ?? maxFileBytes;
    if (status.size > maxBytes) throw new UnsafeFileError(`is larger than ${maxBytes} bytes`);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Protobuf's own limit is 2 GiB; larger models keep their weights in external data, which is only hashed. */
const maxFileBytes = 64 * 2 ** 30;

const openReasons: Record<string, string | undefined> = {
  ENOENT: 'is missing',
  ENOTDIR: 'is missing',
  ELOOP: 'is a symbolic link. Put the file itself there',
  EACCES: 'may not be read by this user',
  EISDIR: 'is a folder',
  ENXIO: 'is not a regular file',
};

async function refuseLinkedParents(folder: string, path: string): Promise<void> {
  const parents = path.split('/').slice(0, -1);
  const root = await realpath(folder);
  let current = root;
  for (const parent of parents) {
    current = join(current, parent);
    const status = await lstat(current).catch(() => undefined);
    if (status === undefined) throw new UnsafeFileError('is missing');
    if (status.isSymbolicLink()) throw new UnsafeFileError('lies behind a symbolic link');
  }
  if (parents.length > 0 && (await realpath(current)) !== [root, ...parents].join(sep)) {
    throw new UnsafeFileError('lies behind a symbolic link');
  }
}
