import { PackageError } from '../package-error.ts';

/** The problems that an opening fails with, as `where: message`; empty where it succeeds. */
export async function problemsOf(attempt: Promise<unknown>): Promise<string[]> {
  try {
    await attempt;
    return [];
  } catch (error) {
    if (error instanceof PackageError) return error.problems.map(({ where, message }) => `${where}: ${message}`);
    throw error;
  }
}
