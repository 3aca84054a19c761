import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageProblem } from './package-error.ts';

const maxFiles = 20_000;
const maxDepth = 8;
/** Code has no place in a package: nothing would load it, and nobody should think so. */
const libraryPattern = /\.(so(\.\d+)*|node|dll|dylib)$/i;

export interface PackageFiles {
  /** Relative paths with "/", sorted. */
  readonly paths: readonly string[];
  readonly problems: readonly PackageProblem[];
}

/** Lists every file of a package folder; links, special files and native libraries are problems. Nothing is opened. */
export async function listPackageFiles(folder: string): Promise<PackageFiles> {
  const paths: string[] = [];
  const problems: PackageProblem[] = [];
  await visit('', 0);
  return { paths: paths.sort(), problems };

  async function visit(relative: string, depth: number): Promise<void> {
    if (depth > maxDepth) return refuse(relative, `lies deeper than ${maxDepth} folders`);
    for (const name of (await readdir(join(folder, relative))).sort()) {
      const path = relative === '' ? name : `${relative}/${name}`;
      if (paths.length >= maxFiles) return refuse(relative, `holds more than ${maxFiles} files`);
      const status = await lstat(join(folder, path));
      if (status.isDirectory()) await visit(path, depth + 1);
      else if (status.isSymbolicLink()) refuse(path, 'is a symbolic link. Put the file itself there');
      else if (!status.isFile()) refuse(path, 'is not a regular file');
      else if (libraryPattern.test(name)) refuse(path, 'is a native library; a package holds no code');
      else paths.push(path);
    }
  }

  function refuse(path: string, reason: string): void {
    problems.push({ where: path, message: `"${path}" ${reason}.` });
  }
}
