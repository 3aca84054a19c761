import type { Manifest } from './manifest/manifest-schema.ts';
import { hashPackageFile, UnsafeFileError } from './open-file.ts';
import type { PackageProblem } from './package-error.ts';

export interface DigestCheck {
  /** sha256 by relative path, of every file. */
  readonly sha256: ReadonlyMap<string, string>;
  readonly problems: readonly PackageProblem[];
}

/** Hashes every file of a package that is not hashed yet, and compares with what the manifest lists. */
export async function checkDigests(
  folder: string,
  paths: readonly string[],
  known: ReadonlyMap<string, string>,
  manifest: Manifest,
): Promise<DigestCheck> {
  const sha256 = new Map<string, string>(known);
  const problems: PackageProblem[] = [];
  for (const path of paths) {
    if (sha256.has(path)) continue;
    try {
      sha256.set(path, await hashPackageFile(folder, path));
    } catch (error) {
      if (!(error instanceof UnsafeFileError)) throw error;
      problems.push({ where: path, message: `"${path}" ${error.message}.` });
    }
  }
  const refused = new Set(problems.map(({ where }) => where));
  // Loading the model says itself that it is missing.
  const isTold = (path: string) => refused.has(path) || (path === manifest.model.file && !sha256.has(path));
  const listed = [...listedDigests(manifest)].filter(([path]) => !isTold(path));
  return {
    sha256,
    problems: [...problems, ...listed.flatMap(([path, digest]) => compare(path, digest, sha256.get(path)))],
  };
}

/** What a manifest says of its files, by path. */
export function listedDigests(manifest: Manifest): Map<string, string> {
  const { file, sha256 } = manifest.model;
  return new Map([...Object.entries(manifest.files ?? {}), ...(sha256 === undefined ? [] : [[file, sha256] as const])]);
}

function compare(path: string, expected: string, got: string | undefined): PackageProblem[] {
  if (got === expected) return [];
  if (got === undefined)
    return [{ where: path, message: `"${path}" is listed with a digest but missing.`, trap: 'digest' }];
  return [
    {
      where: path,
      message: `"${path}": sha256 expected ${expected}, got ${got}. The file was not loaded.`,
      trap: 'digest',
    },
  ];
}
