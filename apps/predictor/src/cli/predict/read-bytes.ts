import { createReadStream } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { InputError } from './input-row.ts';

/** How standard input is named on the command line. */
export const STANDARD_INPUT = '-';

/** Counts what has been read, for the progress bar. */
export interface ReadCounter {
  bytes: number;
}

export interface ByteSource {
  /** Standard input, when `-` is named. */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Ends the reading. */
  readonly signal: AbortSignal;
  readonly counter: ReadCounter;
}

/** The bytes of a file or of standard input, a piece at a time. Throws `InputError`. */
export async function* readBytes(file: string, { stdin, signal, counter }: ByteSource): AsyncGenerator<Uint8Array> {
  const pieces = file === STANDARD_INPUT ? stdin : createReadStream(file, { signal });
  try {
    for await (const piece of pieces) {
      counter.bytes += piece.length;
      yield piece;
    }
  } catch (error) {
    if (signal.aborted) return;
    throw unreadable(file, error);
  }
}

/** No picture of the largest size a model takes is larger; a table may name any path, also one that never ends. */
const MOST_PICTURE_BYTES = 256 * 1024 ** 2;

/** The whole of a picture's file. Throws `InputError`. */
export async function readWhole(file: string, mostBytes = MOST_PICTURE_BYTES): Promise<Uint8Array> {
  try {
    // Before it is opened, which waits for ever where it is a pipe that nobody writes to.
    const about = await stat(file);
    if (!about.isFile() && !about.isDirectory()) throw new InputError(`"${file}" cannot be read: it is no file.`);
    if (about.size > mostBytes) throw tooLarge(file, mostBytes);
    await using handle = await open(file);
    return await readToEnd({ handle, sizeBytes: about.size, mostBytes, file });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw unreadable(file, error);
  }
}

interface OpenedFile {
  readonly file: string;
  readonly handle: FileHandle;
  /** As the disk says: a file that still grows is longer, and one that the kernel makes up says 0. */
  readonly sizeBytes: number;
  readonly mostBytes: number;
}

const LEAST_BUFFER_BYTES = 4096;

async function readToEnd({ file, handle, sizeBytes, mostBytes }: OpenedFile): Promise<Uint8Array> {
  let buffer = new Uint8Array(Math.max(LEAST_BUFFER_BYTES, sizeBytes + 1));
  for (let readBytes = 0; ;) {
    const { bytesRead } = await handle.read(buffer, readBytes, buffer.length - readBytes);
    if (bytesRead === 0) return buffer.subarray(0, readBytes);
    readBytes += bytesRead;
    if (readBytes > mostBytes) throw tooLarge(file, mostBytes);
    if (readBytes < buffer.length) continue;
    const larger = new Uint8Array(Math.min(2 * buffer.length, mostBytes + 1));
    larger.set(buffer);
    buffer = larger;
  }
}

function tooLarge(file: string, mostBytes: number): InputError {
  return new InputError(`"${file}" cannot be read: it has more than ${mostBytes} bytes, as no picture has.`);
}

const START_BYTES = 64;

/** The first bytes of a file: enough to tell a picture; none of a pipe or a device, which has them only once. Throws `InputError`. */
export async function readStart(file: string): Promise<Uint8Array> {
  try {
    const about = await stat(file);
    if (!about.isFile() && !about.isDirectory()) return new Uint8Array();
    await using handle = await open(file);
    const { buffer, bytesRead } = await handle.read(new Uint8Array(START_BYTES), 0, START_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw unreadable(file, error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; name its files',
  EACCES: 'this user may not read it',
};

function unreadable(file: string, error: unknown): InputError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return new InputError(`"${file}" cannot be read: ${REASONS[code] ?? code}.`, { cause: error });
}
