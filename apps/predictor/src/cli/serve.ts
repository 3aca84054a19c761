import { join } from 'node:path';
import { findModels, openModels, PackageError, type ModelPackage, type OpenOptions } from '@web-single/model-package';
import { EngineAhead, letHeapGrow, startEngine, systemClock, type StartEngineOptions } from '@web-single/model-runtime';
import { createServing, type Serving } from '@web-single/serving';
import type { Logger } from 'pino';
import { ModelRepository } from '../admin/model-repository.ts';
import { componentVersions } from '../config/component-versions.ts';
import { readSettings, SettingsError, type Settings } from '../config/settings.ts';
import { createFetcher } from '../sources/create-fetcher.ts';
import { ModelSources } from '../sources/model-sources.ts';
import { logEngineEvent } from '../telemetry/engine-log.ts';
import { createLog } from '../telemetry/request-log.ts';
import { banner, waitingLine } from './banner.ts';
import { followEdits, loadedAndAllowed } from './development.ts';
import { EXIT } from './exit-codes.ts';
import { openListeners } from './listeners.ts';
import { followFile, overrideOrExit } from './overrides.ts';
import { printProblems } from './print-problems.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { whatToServe, type WhatToServe } from './what-to-serve.ts';

export interface ServeOptions {
  /** What to serve; empty: what `MODELS` names. */
  readonly paths: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly importOptions: OpenOptions;
  /** Absolute folder of the bundle: the engine's entry, the API page and the playground lie in it. */
  readonly distFolder: string;
  /** Development: a changed package takes over without a restart. */
  readonly watch?: boolean | undefined;
}

interface Context {
  readonly options: ServeOptions;
  readonly settings: Settings;
  readonly what: WhatToServe;
  readonly log: Logger;
}

/** Serves until a signal: listens, loads, prints where to look; drains on SIGTERM and SIGINT. Ends the process with its exit code. */
export async function serve(options: ServeOptions): Promise<void> {
  const settings = settingsOrExit(options.environment);
  const what = whatToServeOrExit(options, settings);
  const { paths } = what;
  const launch = launchOptions(options.distFolder, settings.LOAD_AT_START && paths.length > 0);
  const packages = await packagesOrExit(options, settings, paths);
  const { log, flush } = createLog(settings.LOG_LEVEL);
  const context = { options, settings, what, log };
  const serving = createCore(packages, context, launch);
  const sources = createSources(serving, context);
  if (!settings.LOAD_AT_START) await listUnloaded(serving, paths);
  await overrideOrExit(serving, settings.OVERRIDES);
  const bringing = settings.LOAD_AT_START ? sources.bring(packages) : Promise.resolve();
  // Engines start in processes of their own, which takes longest; the listeners are loaded and built meanwhile.
  const loading = serving.load();
  if (options.watch === true) await loadedAndAllowed(loading);
  const repository = new ModelRepository(paths, options.importOptions, sources);
  const { distFolder } = options;
  const listeners = await openListeners({ settings, serving, repository, sources, distFolder, log });
  stopOnSignal(async () => {
    sources.end();
    serving.startDraining();
    await listeners.drain(settings.DRAIN_DELAY_MS, settings.DRAIN_TIMEOUT_MS);
    log.info('drained');
    await flush();
  });
  const failures = await loading;
  for (const { model, version, error } of failures)
    printProblems(`Model "${model}" version ${version} is not served:`, error);
  if (failures.length > 0) {
    await listeners.drain(0, settings.DRAIN_TIMEOUT_MS);
    process.exit(EXIT.invalidModel);
  }
  letHeapGrow();
  if (options.watch === true)
    followEdits(serving, { local: paths, all: () => [...paths, ...sources.paths()] }, options.importOptions);
  followFile(serving, settings.OVERRIDES, { log, onRefused: listeners.countRefusedOverrides });
  if (serving.models.expectations.areOpen) process.stderr.write(waitingLine(listeners.urls));
  await bringing;
  process.stderr.write(banner(listeners.urls, serving, settings));
}

/** The first engine starts while the packages are opened; where they cannot be it ends with this process. */
function launchOptions(distFolder: string, isWanted: boolean): StartEngineOptions {
  const engineEntry = join(distFolder, 'engine-process.js');
  return isWanted ? { engineEntry, ahead: EngineAhead.start({ engineEntry }) } : { engineEntry };
}

function createCore(
  packages: readonly ModelPackage[],
  { options, settings, what, log }: Context,
  launch: StartEngineOptions,
): Serving {
  const isDevelopment = options.watch === true;
  return createServing({
    packages,
    startEngine: (modelPackage) =>
      startEngine(modelPackage, {
        ...launch,
        goldenFailures: isDevelopment ? 'report' : 'refuse',
        // An engine process takes edited code over by starting again; this process would need a new server.
        ...(isDevelopment ? { placement: 'process' } : {}),
        onEvent: (event) => logEngineEvent(log, modelPackage, event),
      }),
    defaultModel: settings.DEFAULT_MODEL,
    // Until a manifest is read, its name and version are not known.
    mayGrow: !settings.LOAD_AT_START || what.uris.length > 0,
    limits: {
      maxWaitMs: settings.MAX_WAIT_MS,
      maxImagesPerRequest: settings.MAX_IMAGES_PER_REQUEST,
      maxPixelsPerRequest: settings.MAX_PIXELS_PER_REQUEST,
    },
  });
}

function createSources(serving: Serving, { options, settings, what, log }: Context): ModelSources {
  const fetcher = createFetcher(settings, what.allowedHosts, options.environment);
  const openOptions = { ...options.importOptions, componentVersions };
  return new ModelSources(what.uris, { fetcher, serving, openOptions, log, clock: systemClock, random: Math.random });
}

/** The models that lie there, known to the index and not loaded. */
async function listUnloaded(serving: Serving, paths: readonly string[]): Promise<void> {
  for (const { name, version = '1' } of await findModels(paths))
    serving.models.set(name, version, { state: 'unloaded' });
}

function settingsOrExit(environment: ServeOptions['environment']): Settings {
  try {
    return readSettings(environment);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    printProblems('The settings cannot be used:', error);
    process.exit(EXIT.usage);
  }
}

function whatToServeOrExit({ paths, importOptions }: ServeOptions, settings: Settings): WhatToServe {
  const what = whatToServe(paths, settings, importOptions);
  if (!('problems' in what)) return what;
  process.stderr.write(`${what.problems.join('\n')}\n`);
  process.exit(EXIT.usage);
}

async function packagesOrExit(
  { importOptions }: ServeOptions,
  { LOAD_AT_START }: Settings,
  paths: readonly string[],
): Promise<readonly ModelPackage[]> {
  if (!LOAD_AT_START || paths.length === 0) return [];
  try {
    return await openModels(paths, { ...importOptions, componentVersions });
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    printProblems('The models cannot be served:', error);
    process.exit(EXIT.invalidModel);
  }
}
