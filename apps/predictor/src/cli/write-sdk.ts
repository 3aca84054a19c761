import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createSdkFolder, type ModelDescription } from '@web-single/contract';
import { EXIT } from './exit-codes.ts';
import { fetchDescriptions, NetworkError } from './fetch-descriptions.ts';
import { describePackages } from './describe-packages.ts';
import { PackageError } from '@web-single/model-package';
import { plainText } from './plain-text.ts';
import { printProblems } from './print-problems.ts';
import { FolderError, refuseFolder, writeFolder } from './sdk-folder.ts';

export interface WriteSdkOptions {
  /** URL of a running predictor, or a path of packages. */
  readonly from: string;
  readonly out: string;
  readonly distFolder: string;
}

/** `predictor sdk`: writes a typed client into a folder; returns the exit code. */
export async function writeSdk(options: WriteSdkOptions): Promise<number> {
  const { from, out, distFolder } = options;
  try {
    await refuseFolder(out);
    const files = createSdkFolder(await describe(options), await readClient(distFolder));
    await writeFolder(out, files);
    process.stdout.write(
      `Wrote a client of ${Object.keys(files).length} files to ${out}; import createPredictor from its index.js.\n`,
    );
    return EXIT.ok;
  } catch (error) {
    if (error instanceof PackageError) {
      printProblems(`"${from}" cannot be described:`, error);
      return EXIT.invalidModel;
    }
    if (!(error instanceof NetworkError || error instanceof FolderError)) throw error;
    process.stderr.write(`${plainText(error.message)}\n`);
    return error instanceof NetworkError ? EXIT.network : EXIT.usage;
  }
}

function describe({ from }: WriteSdkOptions): Promise<ModelDescription[]> {
  return /^https?:\/\//.test(from) ? fetchDescriptions(from) : describePackages(from);
}

/** The compiled client by relative path, as the build put it beside the bundle. */
async function readClient(distFolder: string): Promise<Record<string, string>> {
  const folder = join(distFolder, 'sdk');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    paths.map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const),
  );
  return Object.fromEntries(texts);
}
