import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OnnxFormatError } from '../onnx/onnx-format-error.ts';
import type { OnnxModel } from '../onnx/onnx-model.ts';
import { readOnnx } from '../onnx/read-onnx.ts';
import type { ModelPackage } from '../model-package.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { unsafePathReason } from '../open-file.ts';
import { manifestFile } from '../open-manifest-package.ts';
import { readPlainFile, readPlainText } from './read-plain-file.ts';

/** What the rules look at: as much of a package, an export folder or a bare file as can be read. */
export interface Subject {
  readonly folder: string;
  /** Paths of all files, relative to the folder; of a bare file none. */
  readonly files: readonly string[];
  readonly hasManifest: boolean;
  /** True for a single `.onnx` that was named itself: what lies beside it may be none of its business. */
  readonly isBareFile: boolean;
  /** Name of the ONNX file, as findings show it. */
  readonly file: string;
  readonly sizeBytes: number;
  readonly model?: OnnxModel;
  /** Left out where it cannot be opened. */
  readonly opened?: ModelPackage;
}

const MOST_MODEL_BYTES = 2 ** 31;
/** Somebody may name a folder that is no package, and all of a disk. */
const MOST_FILES = 20_000;

/** Reads what there is, whatever is wrong with the rest. */
export async function readSubject(
  path: string,
  opened: ModelPackage | undefined,
  mostFiles = MOST_FILES,
): Promise<Subject> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
  const folder = isFolder ? path : dirname(path);
  // A bare file may lie anywhere, in a home folder with a million others.
  const files = isFolder ? await listFiles(folder, mostFiles) : [];
  const hasManifest = isFolder && files.includes(manifestFile);
  const file = isFolder ? await modelFileOf(folder, files) : basename(path);
  const isHere = file !== undefined && unsafePathReason(file) === undefined;
  const bytes = isHere ? await readPlainFile(join(folder, file), MOST_MODEL_BYTES) : undefined;
  const model = bytes && parse(bytes);
  return {
    folder,
    files,
    hasManifest,
    isBareFile: !isFolder,
    file: file ?? 'model.onnx',
    sizeBytes: await sizeOf(folder, [file, ...(model?.externalData.map(({ location }) => location) ?? [])]),
    ...(model && { model }),
    ...(opened && { opened }),
  };
}

/** Paths of files, at most so many, without the folders they lie in; what may not be read is left out. */
async function listFiles(folder: string, mostFiles: number): Promise<string[]> {
  const files: string[] = [];
  const folders = [''];
  for (let next = folders.shift(); next !== undefined && files.length < mostFiles; next = folders.shift()) {
    const entries = await readdir(join(folder, next), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) (entry.isDirectory() ? folders : files).push(join(next, entry.name));
  }
  return files.slice(0, mostFiles).sort();
}

/** The manifest's model, or the only ONNX file. */
async function modelFileOf(folder: string, files: readonly string[]): Promise<string | undefined> {
  const text = await readPlainText(join(folder, manifestFile));
  const read = text === undefined ? undefined : readManifest(text);
  if (read !== undefined && 'manifest' in read) return read.manifest.model.file;
  const models = files.filter((file) => /^[^/]+\.onnx$/i.test(file));
  return models.length === 1 ? models[0] : undefined;
}

function parse(bytes: Uint8Array): OnnxModel | undefined {
  try {
    return readOnnx(bytes);
  } catch (error) {
    // Opening the package tells what it is instead.
    if (error instanceof OnnxFormatError) return undefined;
    throw error;
  }
}

async function sizeOf(folder: string, names: readonly (string | undefined)[]): Promise<number> {
  const own = [...new Set(names)].filter((name) => name !== undefined && !name.includes('..') && !name.startsWith('/'));
  const sizes = await Promise.all(
    own.map((name) =>
      stat(join(folder, name!)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
