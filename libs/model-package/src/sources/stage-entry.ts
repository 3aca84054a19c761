import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { entryFiles } from './cache-entry.ts';
import type { Collected } from './file-collector.ts';
import { PartialFile } from './partial-file.ts';
import { SourceError } from './source-error.ts';
import type { SourceUri } from './source-uri.ts';
import { unpackArchive } from './unpack-archive.ts';
import { makeFolder } from './make-folder.ts';

export interface StageParts {
  readonly uri: SourceUri;
  readonly collected: Collected;
  readonly limitBytes: number;
  readonly signal: AbortSignal;
}

/** Lays the files of an entry out in a folder of its own: each at its path, or what an archive holds. */
export async function stageEntry(staging: string, { uri, collected, limitBytes, signal }: StageParts): Promise<void> {
  const folder = entryFiles(staging, uri);
  await makeFolder(folder);
  for (const [path, { at }] of collected.files) {
    if (uri.shape === 'archive') {
      // Unpacked it lies in an entry that has gone in this very moment.
      if (!(at instanceof PartialFile)) throw new SourceError('cache', 'The model cache changed during the fetch.');
      await unpackArchive(at.path, folder, { shown: uri.shown, limitBytes, signal });
      continue;
    }
    const target = join(folder, path);
    await makeFolder(dirname(target));
    if (at instanceof PartialFile) await at.moveTo(target);
    // A copy, not a link: a package's file has one name.
    else await copyFile(at.copyOf, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  }
}
