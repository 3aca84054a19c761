import { basename } from 'node:path';
import { OverridesError, readOverrides, readOverridesFile } from '@web-single/model-package';
import { systemClock, type Serving } from '@web-single/serving';
import type { Logger } from 'pino';
import { EXIT } from './exit-codes.ts';
import { followOverrides } from './follow-overrides.ts';
import { printProblems } from './print-problems.ts';

/** Lays the overrides file over the models before they load; ends the process with all problems where it cannot be used. */
export async function overrideOrExit(serving: Serving, path: string | undefined): Promise<void> {
  if (path === undefined) return;
  try {
    serving.override(readOverrides(await readOverridesFile(path), basename(path)));
  } catch (error) {
    if (!(error instanceof OverridesError)) throw error;
    printProblems('The overrides (OVERRIDES) cannot be used:', error);
    process.exit(EXIT.usage);
  }
}

/** From now on a changed overrides file is taken over while serving. */
export function followFile(
  serving: Serving,
  path: string | undefined,
  { log, onRefused }: { readonly log: Logger; readonly onRefused: () => void },
): void {
  if (path === undefined) return;
  followOverrides({ path, serving, log, onRefused, readFile: readOverridesFile, clock: systemClock });
}
