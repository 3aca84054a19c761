import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { createSdkFolder, type ModelDescription } from '@web-single/contract';
import { EXIT } from './exit-codes.ts';
import { fetchDescriptions, NetworkError } from './fetch-descriptions.ts';
import { describePackages } from './describe-packages.ts';
import { PackageError } from '@web-single/model-package';
import { printProblems } from './print-problems.ts';

/** As the generator names the package of a client. */
const CLIENT_NAME = 'predictor-client';

export interface WriteSdkOptions {
  /** URL of a running predictor, or a path of packages. */
  readonly from: string;
  readonly out: string;
  readonly distFolder: string;
}

/** `predictor sdk`: writes a typed client into a folder; returns the exit code. */
export async function writeSdk(options: WriteSdkOptions): Promise<number> {
  if (await isForeign(options.out)) {
    process.stderr.write(
      `"${options.out}" holds other files than a client: nothing was written. Name an empty or new folder.\n`,
    );
    return EXIT.usage;
  }
  try {
    const files = createSdkFolder(await describe(options), await readClient(options.distFolder));
    for (const [name, text] of Object.entries(files)) {
      const file = join(options.out, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    process.stdout.write(
      `Wrote a client of ${Object.keys(files).length} files to ${options.out}; import createPredictor from its index.js.\n`,
    );
    return EXIT.ok;
  } catch (error) {
    if (error instanceof NetworkError) {
      process.stderr.write(`${error.message}\n`);
      return EXIT.network;
    }
    if (!(error instanceof PackageError)) throw error;
    printProblems(`"${options.from}" cannot be described:`, error);
    return EXIT.invalidModel;
  }
}

/** True for a folder with anything in it that `predictor sdk` did not write. */
async function isForeign(folder: string): Promise<boolean> {
  const entries = await readdir(folder).catch(() => []);
  if (entries.length === 0) return false;
  const manifest = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '');
  return !manifest.includes(`"name": "${CLIENT_NAME}"`);
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
