import { InputError } from './input-row.ts';

/** Takes text as fast as its reader does, and knows when nobody reads any more. Without `finish` it is only closed. */
export interface TextSink extends AsyncDisposable {
  /** True once the reader has gone, as `head` does when it has enough. */
  readonly isBroken: boolean;
  /** Resolves when more may be written. Rejects with `InputError` where it is not taken. */
  write(text: string): Promise<void>;
  /** Resolves once all of it has been taken, rejects with `InputError` where it has not; makes an empty file of nothing. */
  finish(): Promise<void>;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'this user may not take more of the disk',
  EFBIG: 'no file may be as large',
  EACCES: 'this user may not',
  EROFS: 'the disk may only be read',
  EISDIR: 'it is a folder',
  ENOENT: 'its folder is not there',
  ENOTDIR: 'it would lie below a file',
};

/** `what`: as messages name it. */
export function unwritable(what: string, error: unknown): InputError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return new InputError(`${what} cannot be written: ${REASONS[code] ?? code}.`, { cause: error });
}

export function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
