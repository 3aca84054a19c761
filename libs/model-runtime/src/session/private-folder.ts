import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes an empty folder that only this user may enter (0700). The runtime resolves external data against the folder of a
 * model file, and against the working directory for a model given as bytes: neither may hold anybody's files. Synchronous,
 * so that an engine process is on its way before its caller turns to other work.
 */
export const createPrivateFolder = (): string => {
  const prefix = 'web-single-engine-';
  try {
    return mkdtempSync(join(tmpdir(), prefix));
  } catch {
    // With a read-only root and no temporary folder, shared memory is the one place left that a container can write to.
    return mkdtempSync(join('/dev/shm', prefix));
  }
};

export const removePrivateFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
