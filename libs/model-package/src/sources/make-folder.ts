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
    // Another fetch may have made the one above in this very moment: it is tried once more before it counts.
    if (!(await isFolder(dirname(path)))) await makeFolder(dirname(path), mode);
    await mkdir(path, { mode }).catch(async (second: unknown) => {
      if (!(await isFolder(path))) throw second;
    });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}
