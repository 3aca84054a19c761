import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ProblemsError } from '../problems-error.ts';
import type { Problem } from '../problems-error.ts';
import type { ModelOptions } from './model-options.ts';
import type { PackageDraft } from './package-draft.ts';

/** Where a draft comes from. Rejects with `ProblemsError`. */
export type DraftPackage = (options: ModelOptions) => Promise<PackageDraft>;

type Answer = { readonly draft: PackageDraft } | { readonly problems: readonly Problem[] };

const entry = fileURLToPath(new URL('draft-process.ts', import.meta.url));
const mostBytes = 256 * 2 ** 20;

/** Drafts in a process that runs the sources of our libs: Nx itself was started without their export condition, and a model may crash. */
export const draftInProcess: DraftPackage = async (options) => {
  const args = ['--conditions=@web-single/source', entry, JSON.stringify(options)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: mostBytes });
  const answer = JSON.parse(stdout) as Answer;
  if ('problems' in answer) throw new ProblemsError(answer.problems);
  return answer.draft;
};
