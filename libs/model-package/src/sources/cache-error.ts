import { SourceError } from './source-error.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'is full',
  EDQUOT: 'is full: the quota is used up',
  EROFS: 'cannot be written: its file system is read-only',
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  ENOTDIR: 'is no folder',
  EEXIST: 'is no folder',
  EMFILE: 'cannot be opened: too many files are open',
  EIO: 'cannot be used: its disk fails',
};

/** A failed operation on the cache as a `SourceError`; what is none passes through. */
export function cacheError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error && 'syscall' in error ? String(error.code) : undefined;
  if (code === undefined || error instanceof SourceError) return error;
  return new SourceError('cache', `The model cache ${REASONS[code] ?? 'cannot be used'} (${code}). Set MODEL_CACHE.`);
}

export function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
