import { lstat, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheError } from './cache-error.ts';
import { SourceError } from './source-error.ts';
import { makeFolder } from './make-folder.ts';

/**
 * The folder that downloads are kept in, made where it is missing. Without one that is named it lies among the system's
 * temporary files, where anybody may have put a folder of that name: it must be this user's and writable by no other.
 */
export async function openCacheFolder(named: string | undefined): Promise<string> {
  try {
    if (named !== undefined) {
      await makeFolder(named);
      return await realpath(named);
    }
    const uid = process.getuid?.();
    const folder = join(tmpdir(), `web-single-models${uid === undefined ? '' : `-${uid}`}`);
    await makeFolder(folder, 0o700);
    const status = await lstat(folder);
    if (!status.isDirectory() || (uid !== undefined && (status.uid !== uid || (status.mode & 0o022) !== 0)))
      throw new SourceError(
        'cache',
        'The default model cache belongs to somebody else. Set MODEL_CACHE to a folder of your own.',
      );
    return await realpath(folder);
  } catch (error) {
    throw cacheError(error, named);
  }
}
