import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createTarDecoder, type ParsedTarEntry, type TarHeader } from 'modern-tar';
import { entryPath, SeenPaths, shownName } from './archive-entry.ts';
import { isSystemError } from './cache-error.ts';
import { SourceError } from './source-error.ts';
import { makeFolder } from './make-folder.ts';

export interface UnpackOptions {
  /** As messages name it. */
  readonly shown: string;
  /** Most bytes of all files together. */
  readonly limitBytes: number;
  /** As many as a package may have files, without. */
  readonly maxEntries?: number;
  readonly signal: AbortSignal;
}

const MAX_ENTRIES = 20_000;
/** Weights hardly compress; text does, about tenfold. */
const MAX_RATIO = 200;
const RATIO_COUNTS_FROM_BYTES = 64 * 2 ** 20;

/** Unpacks a tar archive, gzipped or not, into an existing empty folder. Only files and folders; throws `SourceError` for anything else. */
export async function unpackArchive(archive: string, folder: string, options: UnpackOptions): Promise<void> {
  const { shown, signal } = options;
  const isGzip = await startsAsGzip(archive);
  const decoder = createTarDecoder({ strict: true });
  const packed = createReadStream(archive, { signal });
  const stages = isGzip ? [packed, createGunzip()] : [packed];
  const bytes = new Transform({ transform: countBytes(() => packed.bytesRead, options) });
  const feeding = pipeline([...stages, bytes, decoder.writable] as never, { signal });
  // The entries' own reading fails with the same error.
  feeding.catch(() => undefined);
  try {
    await writeEntries(decoder.readable, folder, options);
    await feeding;
  } catch (error) {
    packed.destroy();
    signal.throwIfAborted();
    const told = await feeding.then(
      () => error,
      (cause: unknown) => (cause instanceof SourceError ? cause : error),
    );
    throw readable(told, shown);
  }
}

async function writeEntries(
  entries: AsyncIterable<ParsedTarEntry>,
  folder: string,
  { shown, maxEntries = MAX_ENTRIES }: UnpackOptions,
): Promise<void> {
  const seen = new SeenPaths();
  let count = 0;
  for await (const { header, body } of entries) {
    count += 1;
    if (count > maxEntries) throw new SourceError('corrupt', `${shown} holds more than ${maxEntries} entries.`);
    const path = pathOf(header, seen, shown);
    if (path === undefined) {
      await body.cancel();
      continue;
    }
    const target = join(folder, path);
    try {
      await makeFolder(dirname(target));
      await pipeline(Readable.fromWeb(body as never), createWriteStream(target, { flags: 'wx', mode: 0o644 }));
    } catch (error) {
      throw isTooLong(error) ? refused(header.name, shown, 'has a longer name than the file system takes') : error;
    }
  }
}

/** Some file systems take shorter names than most, and the folder's own path counts as well. */
function isTooLong(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENAMETOOLONG';
}

function refused(name: string, shown: string, reason: string): SourceError {
  return new SourceError('corrupt', `${shown}: the entry ${shownName(name)} ${reason}.`);
}

/** Where a file goes; undefined for a folder. */
function pathOf({ name, type }: TarHeader, seen: SeenPaths, shown: string): string | undefined {
  const refuse = (reason: string): never => {
    throw refused(name, shown, reason);
  };
  const read = entryPath(name);
  if ('reason' in read) return refuse(read.reason);
  if (type === 'directory') return undefined;
  if (type !== 'file')
    return refuse(`is a ${type ?? 'special file'}; an archive of packages holds files and folders only`);
  if (read.path === '' || name.endsWith('/')) return refuse('is a file without a name');
  const reason = seen.add(read.path);
  return reason === undefined ? read.path : refuse(reason);
}

/** Stops an archive that unpacks to more than is allowed, or to very much more than it is. */
function countBytes(packedBytes: () => number, { shown, limitBytes }: UnpackOptions): Transform['_transform'] {
  let unpackedBytes = 0;
  return (chunk: Uint8Array, _encoding, done) => {
    unpackedBytes += chunk.byteLength;
    if (unpackedBytes > limitBytes)
      return done(
        new SourceError('too-large', `${shown} unpacks to more than ${limitBytes} bytes (MODEL_SOURCE_LIMIT_BYTES).`),
      );
    if (unpackedBytes > RATIO_COUNTS_FROM_BYTES && unpackedBytes > packedBytes() * MAX_RATIO)
      return done(new SourceError('corrupt', `${shown} unpacks to more than ${MAX_RATIO} times its size.`));
    return done(null, chunk);
  };
}

async function startsAsGzip(path: string): Promise<boolean> {
  await using handle = await open(path);
  const { buffer, bytesRead } = await handle.read(new Uint8Array(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}

function readable(error: unknown, shown: string): unknown {
  if (error instanceof SourceError || !(error instanceof Error) || isSystemError(error)) return error;
  return new SourceError('corrupt', `${shown} is not a whole tar archive (${error.message.slice(0, 100)}).`);
}
