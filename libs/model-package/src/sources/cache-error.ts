import { SourceError } from './source-error.ts';

/** What went wrong, and what mends it. */
const REASONS: Readonly<Record<string, readonly [sentence: string, remedy: (folder: string | undefined) => string]>> = {
  ENOSPC: ['is full', giveRoom],
  EDQUOT: ['is full: the quota is used up', giveRoom],
  EROFS: ['cannot be written: its file system is read-only', mountWritable],
  EACCES: ['may not be written by this user', mountOwned],
  EPERM: ['may not be written by this user', mountOwned],
  ENOTDIR: ['is no folder', nameAnother],
  EEXIST: ['is no folder', nameAnother],
  EMFILE: ['cannot be opened: too many files are open', () => 'Raise the limit of open files.'],
  EIO: ['cannot be used: its disk fails', nameAnother],
};

/** A failed operation on the cache as a `SourceError`; what is none passes through. `folder` is where MODEL_CACHE has it, if it is set. */
export function cacheError(error: unknown, folder?: string): unknown {
  if (!isSystemError(error)) return error;
  const [sentence, remedy] = REASONS[error.code] ?? ['cannot be used', nameAnother];
  const shown = folder === undefined ? '' : ` "${folder}"`;
  return new SourceError('cache', `The model cache${shown} ${sentence} (${error.code}). ${remedy(folder)}`);
}

export function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

/** True for what the operating system refused, by a call that has a name. */
export function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && !(error instanceof SourceError) && 'code' in error && 'syscall' in error;
}

function giveRoom(): string {
  return 'Give it more room.';
}

function mountWritable(folder: string | undefined): string {
  return folder === undefined ? 'Name a writable folder by MODEL_CACHE.' : 'Mount a writable folder there.';
}

function mountOwned(folder: string | undefined): string {
  if (folder === undefined) return mountWritable(folder);
  const uid = process.getuid?.();
  return uid === undefined ? mountWritable(folder) : `Mount a folder there that uid ${uid} owns.`;
}

function nameAnother(folder: string | undefined): string {
  return folder === undefined ? 'Name a folder by MODEL_CACHE.' : 'Name another folder by MODEL_CACHE.';
}
