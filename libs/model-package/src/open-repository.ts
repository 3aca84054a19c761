import { readdir, stat } from 'node:fs/promises';
import { basename, join, parse, resolve } from 'node:path';
import type { ModelPackage } from './model-package.ts';
import { manifestFile } from './open-manifest-package.ts';
import type { OpenOptions } from './open-options.ts';
import { openNamed } from './open-package.ts';
import type { PackageProblem } from './package-error.ts';
import { legalName } from './package-name.ts';
import { ProblemList } from './problem-list.ts';

/** A model that lies at a path, not opened yet. */
export interface FoundModel {
  /** Of its folder or file. */
  readonly path: string;
  /** As its folder or file gives it; a manifest may name it otherwise. */
  readonly name: string;
  readonly version?: string;
  /** Throws `PackageError` with every problem. */
  open(options?: OpenOptions): Promise<ModelPackage>;
}

/**
 * Lists the models of the given paths without opening them, so that one that is broken hides no other. With `named` only
 * those that folder or file name so: nothing else is looked into.
 */
export async function findModels(paths: readonly string[], named?: string): Promise<FoundModel[]> {
  const found = (await Promise.all(paths.map((path) => findPackages(path, named)))).flat();
  return found.map(({ path, names }) => ({
    path,
    name: names?.name ?? legalName(parse(resolve(path)).name),
    ...(names?.version === undefined ? {} : { version: names.version }),
    open: (options = {}) => openNamed(path, options, names),
  }));
}

interface Found {
  readonly path: string;
  /** As messages name it: relative to what the caller named. */
  readonly shown: string;
  readonly names?: { readonly name: string; readonly version?: string };
}

/**
 * Opens every model of the given paths: a folder of packages `name[/version]/`, one package, or a bare `.onnx`.
 * Throws `PackageError` with the problems of all of them; names are compared without regard to case.
 */
export async function openModels(paths: readonly string[], options: OpenOptions = {}): Promise<ModelPackage[]> {
  const problems = new ProblemList();
  const found = (await Promise.all(paths.map((path) => findPackages(path)))).flat();
  if (found.length === 0)
    problems.add([
      { where: 'MODELS', message: `No model found at ${paths.map((path) => `"${path}"`).join(', ') || 'no path'}.` },
    ]);
  if (options.name !== undefined && found.length > 1) {
    problems.add([{ where: '--name', message: `--name names one model, but there are ${found.length}.` }]);
  }
  const opened: ModelPackage[] = [];
  for (const { path, shown, names } of found) {
    const own = new ProblemList();
    const modelPackage = await own.try(() => openNamed(path, options, names));
    if (modelPackage !== undefined) opened.push(modelPackage);
    problems.add(own.prefixed(shown));
  }
  problems.add(modelCollisions(opened));
  problems.throwIfAny();
  return opened;
}

async function findPackages(path: string, named?: string): Promise<Found[]> {
  const shown = basename(resolve(path));
  if (!(await isFolder(path)) || (await isPackage(path))) return [{ path, shown }];
  const children = await subfolders(path, named);
  const found = await Promise.all(children.map((child) => findVersions(join(path, child), child)));
  const packages = found.flat();
  // Nothing inside: opening the folder itself says what is missing.
  return packages.length > 0 || named !== undefined ? packages : [{ path, shown }];
}

async function findVersions(path: string, folder: string): Promise<Found[]> {
  const name = legalName(folder);
  if (await isPackage(path)) return [{ path, shown: folder, names: { name } }];
  const children = await subfolders(path);
  const versions = await Promise.all(
    children.map(async (child) => ((await isPackage(join(path, child))) ? [child] : [])),
  );
  return versions
    .flat()
    .map((version) => ({ path: join(path, version), shown: `${folder}/${version}`, names: { name, version } }));
}

async function isPackage(path: string): Promise<boolean> {
  const files = await readdir(path).catch(() => []);
  return files.some((file) => file === manifestFile || /\.onnx$/i.test(file));
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

async function subfolders(path: string, named?: string): Promise<string[]> {
  const entries = await readdir(path).catch(() => []);
  const folders = await Promise.all(
    entries
      .filter((entry) => !entry.startsWith('.') && (named === undefined || legalName(entry) === named))
      .map(async (entry) => ((await isFolder(join(path, entry))) ? [entry] : [])),
  );
  return folders.flat().sort();
}

/** Names that differ in case only, one version twice, and integers beside semantic versions under one name. */
export function modelCollisions(packages: readonly Pick<ModelPackage, 'name' | 'version'>[]): PackageProblem[] {
  const byName = Map.groupBy(packages, ({ name }) => name.toLowerCase());
  return [...byName.values()].flatMap((group) => {
    const [first] = group;
    const where = first?.name ?? '';
    const other = group.find(({ name }) => name !== first?.name);
    if (other !== undefined) return [{ where, message: `Model name "${other.name}" collides with "${where}".` }];
    const versions = group.map(({ version }) => version);
    const twice = versions.find((version, index) => versions.indexOf(version) !== index);
    const mixed = new Set(versions.map((version) => version.includes('.'))).size > 1;
    return [
      ...(twice === undefined
        ? []
        : [
            {
              where,
              message: `Model "${where}" has version "${twice}" twice. Give each its own, or each model its own name.`,
            },
          ]),
      ...(mixed
        ? [
            {
              where,
              message: `Model "${where}" has integer and semantic versions (${versions.join(', ')}); use one kind.`,
            },
          ]
        : []),
    ];
  });
}
