import { lstat, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { nearestName } from '@web-single/tensor';
import { checkAgainstGraph } from './check-against-graph.ts';
import { checkDigests, listedDigests } from './check-digests.ts';
import { checkRequires } from './check-requires.ts';
import { assumptionProblems, unlistedFiles } from './check-strict.ts';
import type { LoadedModel } from './load-model.ts';
import { loadModel } from './load-model.ts';
import type { Manifest } from './manifest/manifest-schema.ts';
import { readManifest } from './manifest/read-manifest.ts';
import { mergeManifest } from './merge-manifest.ts';
import type { ModelPackage } from './model-package.ts';
import { readPackageFile, UnsafeFileError } from './open-file.ts';
import type { OpenOptions } from './open-options.ts';
import { packageDigest } from './package-digest.ts';
import { PackageError } from './package-error.ts';
import { listPackageFiles } from './package-files.ts';
import { ProblemList } from './problem-list.ts';
import { readGoldenSet } from './read-golden-set.ts';

export const manifestFile = 'model.yaml';
const cardFile = 'README.md';

/** Name and version that the folder gives where the manifest gives none. */
export interface FolderNames {
  readonly name: string;
  readonly version?: string;
}

/** Opens a folder with a `model.yaml`. Throws `PackageError` with the problems of manifest, files, graph and goldens together. */
export async function openManifestPackage(
  path: string,
  names: FolderNames,
  options: OpenOptions,
): Promise<ModelPackage> {
  const folder = await realpath(path);
  const manifest = await openManifest(folder);
  const problems = new ProblemList();
  problems.add(optionProblems(options));
  const files = await listPackageFiles(folder);
  problems.add(files.problems);
  const loaded = await problems.try(() => loadListed(folder, manifest.model.file, files.paths));
  const digests = await checkDigests(folder, files.paths, loaded?.sha256 ?? new Map(), manifest);
  problems.add(digests.problems);
  const golden =
    manifest.golden === undefined ? undefined : await problems.try(() => readGoldenSet(folder, manifest.golden!));
  const card = files.paths.includes(cardFile) ? await problems.try(() => readText(folder, cardFile)) : undefined;
  if (options.componentVersions !== undefined)
    problems.add(checkRequires(manifest.requires ?? {}, options.componentVersions));
  if (options.strict === true) problems.add(unlistedFiles(files.paths, manifest));
  if (loaded === undefined) return fail(problems);
  problems.add(externalProblems(loaded, manifest));
  const modelPackage: ModelPackage = {
    ...mergeManifest(manifest, loaded.graph, names, options),
    digest: packageDigest(digests.sha256),
    folder,
    modelPath: join(folder, manifest.model.file),
    ...(golden === undefined ? {} : { golden }),
    ...(card === undefined ? {} : { card }),
  };
  problems.add(checkAgainstGraph(modelPackage, loaded.graph, basename(manifest.model.file)));
  if (options.strict === true) problems.add(assumptionProblems(modelPackage.facts));
  problems.throwIfAny();
  return modelPackage;
}

/** Loads the manifest's model; where no file has that name, the one that was probably meant is told. */
async function loadListed(folder: string, path: string, files: readonly string[]): Promise<LoadedModel> {
  const nearest = nearestName(path, files);
  const isMissing = !files.includes(path) && (await lstat(join(folder, path)).catch(() => undefined)) === undefined;
  if (!isMissing || nearest === undefined) return loadModel(folder, path, { allowHardLinks: false });
  const message = `"${path}" is missing, did you mean "${nearest}"?`;
  throw new PackageError([{ where: 'model.yaml /model/file', message }]);
}

function fail(problems: ProblemList): never {
  problems.throwIfAny();
  throw new Error('This is a bug: a model could not be loaded, and no problem says why.');
}

async function openManifest(folder: string): Promise<Manifest> {
  const read = readManifest(await readText(folder, manifestFile));
  if ('problems' in read) throw new PackageError(read.problems);
  return read.manifest;
}

async function readText(folder: string, file: string): Promise<string> {
  try {
    const { bytes } = await readPackageFile(folder, file, { maxBytes: 1_000_000 });
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const reason = error instanceof UnsafeFileError ? error.message : 'is not UTF-8';
    throw new PackageError([{ where: file, message: `"${file}" ${reason}.` }]);
  }
}

/** `--columns` and `--labels` speak for files that cannot: a package says it in its manifest. */
function optionProblems({ columns, labels }: OpenOptions) {
  const given = [...(columns === undefined ? [] : ['--columns']), ...(labels === undefined ? [] : ['--labels'])];
  return given.map((where) => ({
    where,
    message: `${where} is for a bare .onnx; this package has a model.yaml: write it there.`,
  }));
}

/** External data binds to its digest. */
function externalProblems({ externalPaths }: LoadedModel, manifest: Manifest) {
  const listed = listedDigests(manifest);
  return externalPaths
    .filter((path) => !listed.has(path))
    .map((path) => ({
      where: path,
      message: `External data "${path}" of "${manifest.model.file}" is not listed with a digest. Add it to "files" in model.yaml.`,
    }));
}
