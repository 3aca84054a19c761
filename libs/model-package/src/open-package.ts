import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { assumptionProblems } from './check-strict.ts';
import type { ModelPackage } from './model-package.ts';
import { openBareModel } from './open-bare-model.ts';
import { manifestFile, openManifestPackage } from './open-manifest-package.ts';
import type { FolderNames } from './open-manifest-package.ts';
import type { OpenOptions } from './open-options.ts';
import { PackageError } from './package-error.ts';
import { legalName, nameProblem, versionProblem } from './package-name.ts';

/** Opens a package folder, a folder with one ONNX file, or a bare `.onnx`. Throws `PackageError` with every problem. */
export async function openPackage(path: string, options: OpenOptions = {}): Promise<ModelPackage> {
  return openNamed(path, options);
}

/** As `openPackage`; a repository passes the name and version its folders give. */
export async function openNamed(path: string, options: OpenOptions, names?: FolderNames): Promise<ModelPackage> {
  const shown = basename(resolve(path));
  const status = await stat(path).catch(() => undefined);
  if (status === undefined) {
    const what = path === shown ? 'There is no such file or folder' : `There is nothing at "${path}"`;
    throw refused(shown, `${what}. Name a package folder or an .onnx file.`);
  }
  const opened = status.isDirectory()
    ? await openFolder(path, names ?? { name: legalName(shown) }, options)
    : await openFile(path, options, names);
  const problems = [nameProblem(opened.name), versionProblem(opened.version)].filter(
    (problem) => problem !== undefined,
  );
  if (problems.length > 0) throw new PackageError(problems.map((message) => ({ where: shown, message })));
  return opened;
}

async function openFolder(path: string, names: FolderNames, options: OpenOptions): Promise<ModelPackage> {
  const files = await readdir(path);
  if (files.includes(manifestFile)) return openManifestPackage(path, names, options);
  const misnamed = files.find((file) => /^model\.ya?ml$/i.test(file));
  if (misnamed !== undefined) {
    const message = `Folder "${names.name}" has "${misnamed}", which is not read: a manifest is named "${manifestFile}". Rename it.`;
    throw refused(names.name, message);
  }
  const models = files.filter((file) => /\.onnx$/i.test(file)).sort();
  const [only, another] = models;
  if (only === undefined) throw refused(names.name, noModelMessage(names.name, files));
  if (another !== undefined) {
    throw refused(
      names.name,
      `Folder "${names.name}" has ${models.length} ONNX files and no model.yaml: name one of ${models.join(', ')}.`,
    );
  }
  return openFile(join(path, only), { ...options, name: options.name ?? names.name }, names);
}

async function openFile(path: string, options: OpenOptions, names?: FolderNames): Promise<ModelPackage> {
  const opened = await openBareModel(path, options, names?.version);
  const problems = options.strict === true ? assumptionProblems(opened.facts) : [];
  if (problems.length > 0) throw new PackageError(problems);
  return opened;
}

function noModelMessage(name: string, files: readonly string[]): string {
  const other = files.find((file) => /\.(pkl|pickle|joblib|pth?|safetensors|h5|keras|pb|tflite)$/i.test(file));
  if (other !== undefined)
    return `Folder "${name}" has "${other}" but no ONNX file. Export the model to ONNX first; other formats are never opened.`;
  return `Folder "${name}" has neither a model.yaml nor an .onnx file.`;
}

function refused(where: string, message: string): PackageError {
  return new PackageError([{ where, message }]);
}
