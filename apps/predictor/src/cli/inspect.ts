import { basename, resolve } from 'node:path';
import { describePackage, openModels, PackageError, type OpenOptions } from '@web-single/model-package';
import { componentVersions } from '../config/component-versions.ts';
import { EXIT } from './exit-codes.ts';
import { printProblems } from './print-problems.ts';

/** `predictor inspect PATH`: every fact with its source, of each package there; returns the exit code. */
export async function inspect(path: string, options: OpenOptions): Promise<number> {
  try {
    const packages = await openModels([path], { ...options, componentVersions });
    process.stdout.write(packages.map((modelPackage) => `${describePackage(modelPackage)}\n`).join('\n'));
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    printProblems(`"${path}" cannot be served:`, error, basename(resolve(path)));
    return EXIT.invalidModel;
  }
}
