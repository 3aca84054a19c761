import { basename, resolve } from 'node:path';
import { describePackage, openPackage, PackageError, type OpenOptions } from '@web-single/model-package';
import { componentVersions } from '../config/component-versions.ts';
import { EXIT } from './exit-codes.ts';
import { printProblems } from './print-problems.ts';

/** `predictor inspect PATH`: every fact with its source; returns the exit code. */
export async function inspect(path: string, options: OpenOptions): Promise<number> {
  try {
    const modelPackage = await openPackage(path, { ...options, componentVersions });
    process.stdout.write(`${describePackage(modelPackage)}\n`);
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    printProblems(`"${path}" cannot be served:`, error, basename(resolve(path)));
    return EXIT.invalidModel;
  }
}
