import { basename, join } from 'node:path';
import { readExternalData } from './external-data.ts';
import { importGraph } from './import/import-graph.ts';
import type { ImportedGraph } from './import/import-graph.ts';
import type { ImportOptions } from './import/import-options.ts';
import { explainNotOnnx } from './onnx/explain-not-onnx.ts';
import { OnnxFormatError } from './onnx/onnx-format-error.ts';
import { readOnnx } from './onnx/read-onnx.ts';
import { readPackageFile, UnsafeFileError } from './open-file.ts';
import { PackageError, type PackageProblem } from './package-error.ts';

/** A read ONNX file, what it says, and the digests of all files it needs. */
export interface LoadedModel {
  readonly graph: ImportedGraph;
  /** sha256 of the ONNX file and its external data, by path relative to the package. */
  readonly sha256: ReadonlyMap<string, string>;
  /** Paths of external data, relative to the package. */
  readonly externalPaths: readonly string[];
}

export interface LoadModelOptions extends ImportOptions {
  /** A bare file may have several names; a packaged one may not. */
  readonly allowHardLinks: boolean;
}

const maxModelBytes = 2 ** 31;

/** Reads the ONNX file at `path` in `folder`. Throws `PackageError` with all problems of file, graph and external data. */
export async function loadModel(folder: string, path: string, options: LoadModelOptions): Promise<LoadedModel> {
  const file = basename(path);
  const { bytes, sha256 } = await readModelFile(folder, path, options);
  // What stands inside a node is decoded when it is asked for.
  const { model, graph } = decoded(bytes, file, () => {
    const read = readOnnx(bytes);
    return { model: read, graph: importGraph(read, bytes, file, options) };
  });
  const modelFolder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const external = await readExternalData(model, join(folder, modelFolder), file);
  const problems = [...graph.problems, ...external.problems];
  if (graph.rewrittenModel !== undefined && model.externalData.length > 0) {
    const message = `"${file}" needs a rewrite in memory (ZipMap or StringNormalizer) but keeps weights in other files. Re-export it as one file.`;
    problems.push({ where: file, message, trap: 'rewrite-external' });
  }
  if (problems.length > 0) throw new PackageError(problems);
  const externalPaths = [...external.sha256.keys()].map((location) => modelFolder + location);
  const digests = [...external.sha256].map(([location, digest]) => [modelFolder + location, digest] as const);
  return { graph, sha256: new Map([[path, sha256], ...digests]), externalPaths };
}

async function readModelFile(folder: string, path: string, { allowHardLinks }: LoadModelOptions) {
  try {
    return await readPackageFile(folder, path, { allowHardLinks, maxBytes: maxModelBytes });
  } catch (error) {
    if (!(error instanceof UnsafeFileError)) throw error;
    throw new PackageError([{ where: path, message: `"${path}" ${error.message}.` }]);
  }
}

function decoded<Result>(bytes: Uint8Array, file: string, decode: () => Result): Result {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof OnnxFormatError)) throw error;
    const message = explainNotOnnx(bytes, file);
    throw new PackageError([message === undefined ? formatProblem(file, error) : notOnnx(file, message)]);
  }
}

/** A file, or a part of it, that is not what ONNX says. */
export function formatProblem(file: string, { message }: OnnxFormatError): PackageProblem {
  return notOnnx(file, `"${file}" is not an ONNX file: ${message}. Copy or export it again.`);
}

function notOnnx(file: string, message: string): PackageProblem {
  return { where: file, message, trap: 'not-onnx' };
}
