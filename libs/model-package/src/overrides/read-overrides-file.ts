import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { OverridesError } from './overrides-error.ts';

const MOST_BYTES = 2 ** 20;

/** Bytes of the overrides file; links are followed, as Kubernetes mounts a file behind two. Throws `OverridesError`. */
export async function readOverridesFile(path: string): Promise<Uint8Array> {
  const refuse = (reason: string): OverridesError =>
    new OverridesError([{ where: basename(path), message: `The file ${reason}.` }]);
  // O_NONBLOCK: opening a named pipe must not wait for a writer.
  const opening = open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  await using handle = await opening.catch((error: NodeJS.ErrnoException) => {
    throw refuse(error.code === 'ENOENT' ? 'is missing' : `cannot be read (${error.code ?? 'unknown error'})`);
  });
  const status = await handle.stat();
  if (!status.isFile()) throw refuse('is not a regular file');
  if (status.size > MOST_BYTES) throw refuse(`is larger than ${MOST_BYTES} bytes`);
  return handle.readFile();
}
