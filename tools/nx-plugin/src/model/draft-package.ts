import { readFile, stat } from 'node:fs/promises';
import { openPackage, PackageError, readManifest, readOnnx } from '@web-single/model-package';
import type { ModelPackage, PackageProblem } from '@web-single/model-package';
import runtime from '@web-single/model-runtime/package.json' with { type: 'json' };
import preprocessing from '@web-single/preprocessing/package.json' with { type: 'json' };
import { goldenFile, modelFile } from './manifest-text.ts';
import type { ModelOptions } from './model-options.ts';
import type { PackageDraft } from './package-draft.ts';
import { recordCases } from './record-cases.ts';

const ownFiles: ReadonlySet<string> = new Set([modelFile, goldenFile, 'README.md', 'model.yaml']);
const firstVersion = '1.0.0';
const optionOf: Readonly<Record<string, string>> = { name: 'NAME', version: '--model-version', task: '--task' };
const tolerance = { absolute: 1e-5, relative: 1e-5 };
const producer = {
  recordedBy: '@web-single/nx-plugin:model',
  library: `onnxruntime-node ${runtime.dependencies['onnxruntime-node']}`,
  answers: 'of this ONNX file itself, not of the library it was trained with',
  inputs: 'made up from the signature',
};

/** Reads an ONNX file with the importers the server uses and records its golden cases. Throws `PackageError` with every problem. */
export async function draftPackage(options: ModelOptions): Promise<PackageDraft> {
  const { name, modelVersion = firstVersion, task, from } = options;
  const version = String(modelVersion);
  const problems = optionProblems({ name, version, ...(task !== undefined && { task }) });
  const isFolder = (await stat(from).catch(() => undefined))?.isDirectory() === true;
  if (isFolder)
    problems.push({ where: '--from', message: 'Expected an .onnx file, got a folder. Name the file in it.' });
  const model = isFolder ? undefined : await open(options, problems);
  const externalFiles = model === undefined ? [] : await externalFilesOf(from, problems);
  if (model === undefined || problems.length > 0) throw new PackageError(problems);
  const { cases, warnings } = await recordCases(model);
  const { signature, before, after, facts } = model;
  return {
    ...{ name, version, task: task ?? model.task, signature, before, after },
    facts: facts.filter(({ about }) => !about.startsWith('external data')),
    requires: { preprocessing: `^${preprocessing.version}` },
    externalFiles,
    golden: { producer, tolerance, cases },
    warnings,
  };
}

async function open(options: ModelOptions, problems: PackageProblem[]): Promise<ModelPackage | undefined> {
  const { name, from, columns, labels, strict = false } = options;
  try {
    const model = await openPackage(from, { name, ...(columns && { columns }), ...(labels && { labels }) });
    if (strict) problems.push(...assumptionsIn(model));
    return model;
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    const isNamed = problems.some(({ where }) => where === optionOf['name']);
    problems.push(...error.problems.filter(({ message }) => !isNamed || !message.startsWith('Model name')));
    return undefined;
  }
}

/** Names of the files beside the model that hold its weights; they keep them, since the model names them so. */
async function externalFilesOf(from: string, problems: PackageProblem[]): Promise<string[]> {
  const names = [...new Set(readOnnx(await readFile(from)).externalData.map(({ location }) => location))];
  const taken = names.filter((name) => ownFiles.has(name));
  const advice = 'Export the model again, with another name for its weights or with all in one file.';
  problems.push(
    ...taken.map((name) => ({
      where: '--from',
      message: `The model keeps weights in "${name}", which is a file of the package itself. ${advice}`,
    })),
  );
  return names;
}

/** Weights in other files are no assumption here: the package lists their digest. */
function assumptionsIn({ facts }: ModelPackage): PackageProblem[] {
  return facts
    .filter(({ about, confidence }) => confidence === 'assumed' && !about.startsWith('external data'))
    .map(({ about, value, source }) => ({
      where: source,
      message: `${about}: "${value}" is an assumption. Leave out --strict, and confirm it in the manifest that is written.`,
    }));
}

/** What the manifest's own schema says of the options, under the names they have here. JSON is YAML, too. */
function optionProblems(said: { name: string; version: string; task?: string }): PackageProblem[] {
  const read = readManifest(JSON.stringify({ ...said, model: { file: 'model.onnx' } }));
  if (!('problems' in read)) return [];
  return read.problems.map(({ where, message }) => ({ where: optionOf[where.split('/')[1] ?? ''] ?? where, message }));
}
