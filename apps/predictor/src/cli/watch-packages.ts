import { watch } from 'node:fs';
import { openModels, type OpenOptions } from '@web-single/model-package';
import type { Serving } from '@web-single/serving';
import { componentVersions } from '../config/component-versions.ts';
import { describeModels } from './banner.ts';
import { printProblems } from './print-problems.ts';

/** An editor writes a file in several steps; this is longer than they take. */
const SETTLE_MS = 50;

export interface WatchedPaths {
  /** Where files are edited. */
  readonly local: readonly string[];
  /** Those, and where models from elsewhere lie by now. */
  readonly all: () => readonly string[];
}

/** Development: opens the packages again when a file below their paths changes, and lets the serving take them over. */
export function watchPackages(serving: Serving, paths: WatchedPaths, options: OpenOptions): void {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const onChange = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(() => takeOver(serving, paths.all(), options));
    }, SETTLE_MS);
  };
  for (const path of paths.local) watch(path, { recursive: true }, onChange);
}

async function takeOver(serving: Serving, paths: readonly string[], options: OpenOptions): Promise<void> {
  try {
    const failures = await serving.update(await openModels(paths, { ...options, componentVersions }));
    for (const { model, version, error } of failures) {
      printProblems(`Model "${model}" version ${version} stays as it was:`, error);
    }
    if (failures.length === 0) process.stderr.write(describeModels(serving));
  } catch (error) {
    // Whatever it is: an edit must not end a server.
    printProblems('The models stay as they were:', error instanceof Error ? error : new Error(String(error)));
  }
}
