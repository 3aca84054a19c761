import { PackageError } from '@web-single/model-package';
import type { DraftPackage } from '../model/draft-in-process.ts';
import { draftPackage } from '../model/draft-package.ts';
import { ProblemsError } from '../problems-error.ts';

/** Drafts in this process: tests run the sources of our libs already. */
export const draftHere: DraftPackage = async (options) => {
  try {
    return await draftPackage(options);
  } catch (error) {
    throw error instanceof PackageError ? new ProblemsError(error.problems) : error;
  }
};
