import type { OnnxModel } from './onnx/onnx-model.ts';
import { hashPackageFile, UnsafeFileError, unsafePathReason } from './open-file.ts';
import type { PackageProblem } from './package-error.ts';

export interface ExternalFiles {
  /** sha256 by path relative to the ONNX file's folder. */
  readonly sha256: ReadonlyMap<string, string>;
  readonly problems: readonly PackageProblem[];
}

/** Hashes every file that a model keeps weights in, each inside the model's own folder, regular, with one link. */
export async function readExternalData(model: OnnxModel, folder: string, file: string): Promise<ExternalFiles> {
  const sha256 = new Map<string, string>();
  const problems: PackageProblem[] = [];
  for (const location of new Set(model.externalData.map((data) => data.location))) {
    const problem = await addDigest(location);
    if (problem !== undefined) problems.push({ where: file, message: problem, trap: 'external-data' });
  }
  return { sha256, problems };

  async function addDigest(location: string): Promise<string | undefined> {
    const shown = `External data ${JSON.stringify(location.slice(0, 200))} of "${file}"`;
    const reason = unsafePathReason(location);
    if (reason !== undefined) return `${shown} ${reason}. Keep it beside the model and re-export.`;
    try {
      sha256.set(location, await hashPackageFile(folder, location));
      return undefined;
    } catch (error) {
      if (!(error instanceof UnsafeFileError)) throw error;
      return error.message === 'is missing' ? missing(shown, location, file) : `${shown} ${error.message}.`;
    }
  }
}

function missing(shown: string, location: string, file: string): string {
  const torch =
    location === `${file}.data`
      ? ` torch's exporter writes "${location}" beside "${file}": copy it too, or`
      : ' Copy it too, or';
  return `${shown} is missing.${torch} export with external_data=False.`;
}
