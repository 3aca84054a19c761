import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it. Node's own `recursive` says ENOENT for a read-only file system, and never ends below
 * folders that the kernel makes up, such as /proc.
 */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    if ((await stat(dirname(path)).catch(() => undefined))?.isDirectory() === true) throw error;
    await makeFolder(dirname(path), mode);
    await makeFolder(path, mode);
  }
}
