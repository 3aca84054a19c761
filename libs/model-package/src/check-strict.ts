import { listedDigests } from './check-digests.ts';
import type { Manifest } from './manifest/manifest-schema.ts';
import type { Fact } from './model-package.ts';
import type { PackageProblem } from './package-error.ts';

/** What `--strict` refuses: every assumption, by what it is about. */
export function assumptionProblems(facts: readonly Fact[]): PackageProblem[] {
  return facts
    .filter(({ confidence }) => confidence === 'assumed')
    .map(({ about, value, source }) => ({
      where: source,
      message: `${about}: "${value}" is an assumption. Confirm it in model.yaml, or leave out --strict.`,
    }));
}

/** What `--strict` refuses of a package: files whose digest the manifest does not list. */
export function unlistedFiles(paths: readonly string[], manifest: Manifest): PackageProblem[] {
  const listed = listedDigests(manifest);
  return paths
    .filter((path) => path !== 'model.yaml' && !listed.has(path))
    .map((path) => ({
      where: path,
      message: `"${path}" is not listed with a digest. Add it ${path === manifest.model.file ? 'as "model.sha256"' : 'to "files"'} in model.yaml.`,
    }));
}
