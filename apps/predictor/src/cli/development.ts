import { once } from 'node:events';
import type { OpenOptions } from '@web-single/model-package';
import type { Serving } from '@web-single/serving';
import { describeModels } from './banner.ts';
import { printProblems } from './print-problems.ts';
import { watchPackages, type WatchedPaths } from './watch-packages.ts';

/** In development the server before this one has the ports until this one is loaded: who started both says when. */
export async function loadedAndAllowed(loading: Promise<unknown>): Promise<void> {
  if (process.send === undefined) return;
  await Promise.all([loading, import('../rest/create-app.ts')]);
  process.send('loaded');
  await once(process, 'message');
}

/** Takes over what is edited: packages as their files change, and code of the engines when who started this says so. */
export function followEdits(serving: Serving, paths: WatchedPaths, importOptions: OpenOptions): void {
  watchPackages(serving, paths, importOptions);
  process.on('message', () => void renewEngines(serving));
  process.channel?.unref();
}

async function renewEngines(serving: Serving): Promise<void> {
  const failures = await serving.renew();
  for (const { model, version, error } of failures)
    printProblems(`Model "${model}" version ${version} stays as it was:`, error);
  if (failures.length === 0) process.stderr.write(describeModels(serving));
  process.send?.('renewed');
}
