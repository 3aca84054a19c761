import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openModels, PackageError, type ModelPackage, type OpenOptions } from '@web-single/model-package';
import { startEngine } from '@web-single/model-runtime';
import { createServing, type Serving } from '@web-single/serving';
import { componentVersions } from '../config/component-versions.ts';
import { readSettings, SettingsError, type Settings } from '../config/settings.ts';
import type { RunningGrpcServer } from '../grpc/grpc-server.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { createLog } from '../telemetry/request-log.ts';
import { banner } from './banner.ts';
import { EXIT } from './exit-codes.ts';
import { openGrpc, type InferenceCallsFactory } from './open-grpc.ts';
import { printProblems } from './print-problems.ts';
import { watchPackages } from './watch-packages.ts';

export interface ServeOptions {
  /** What to serve; empty: what `MODELS` names. */
  readonly paths: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly importOptions: OpenOptions;
  /** Absolute folder of the bundle: the engine's entry and the docs page lie in it. */
  readonly distFolder: string;
  /** Development: a changed package takes over without a restart. */
  readonly watch?: boolean | undefined;
  /** Without it the gRPC port stays closed. */
  readonly createInferenceCalls?: InferenceCallsFactory;
}

/** The open listeners. */
interface Listeners {
  readonly app: NestFastifyApplication;
  grpc: RunningGrpcServer | null;
}

/** Serves until a signal: listens, loads, prints where to look; drains on SIGTERM and SIGINT. Ends the process with its exit code. */
export async function serve(options: ServeOptions): Promise<void> {
  const settings = settingsOrExit(options.environment);
  const packages = await packagesOrExit(options, settings);
  const { log, flush } = createLog(settings.LOG_LEVEL);
  const engineEntry = join(options.distFolder, 'engine-process.js');
  const serving = createServing({
    packages,
    startEngine: (modelPackage) =>
      startEngine(modelPackage, { engineEntry, goldenFailures: options.watch === true ? 'report' : 'refuse' }),
    defaultModel: settings.DEFAULT_MODEL,
    limits: { maxWaitMs: settings.MAX_WAIT_MS },
  });
  // Engines start in processes of their own, which takes longest; the HTTP side is loaded and built meanwhile.
  const loading = serving.load();
  const { createApp } = await import('../rest/create-app.ts');
  const metrics = new Metrics(serving);
  metrics.subscribe();
  const app = await createApp({ settings, serving, metrics, docsFolder: join(options.distFolder, 'docs') }, log);
  const listeners: Listeners = { app, grpc: null };
  stopOnSignal(async () => {
    await drain(listeners, serving, settings);
    log.info('drained');
    flush();
  });
  await orExit(() => app.listen(settings.PORT, settings.HOST), 'PORT', settings);
  const calls = options.createInferenceCalls?.(serving, settings);
  if (calls !== undefined)
    listeners.grpc = await orExit(() => openGrpc({ calls, settings, metrics, log }), 'GRPC_PORT', settings);
  const failures = await loading;
  for (const { model, version, error } of failures)
    printProblems(`Model "${model}" version ${version} is not served:`, error);
  if (failures.length > 0) {
    await closeAll(listeners, serving);
    process.exit(EXIT.invalidModel);
  }
  process.stderr.write(banner(await app.getUrl(), serving, listeners.grpc?.address));
  if (options.watch === true) watchPackages(serving, pathsOf(options, settings), options.importOptions);
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

function pathsOf({ paths }: ServeOptions, { MODELS }: Settings): readonly string[] {
  const configured = MODELS.split(',').map((path) => path.trim());
  return (paths.length > 0 ? paths : configured).filter((path) => path !== '');
}

async function packagesOrExit(options: ServeOptions, settings: Settings): Promise<readonly ModelPackage[]> {
  const paths = pathsOf(options, settings);
  if (paths.length === 0) {
    process.stderr.write('Nothing to serve: name a package or an .onnx file, or set MODELS.\n');
    process.exit(EXIT.usage);
  }
  try {
    return await openModels(paths, { ...options.importOptions, componentVersions });
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    printProblems('The models cannot be served:', error);
    process.exit(EXIT.invalidModel);
  }
}

async function orExit<T>(listen: () => Promise<T>, name: 'PORT' | 'GRPC_PORT', settings: Settings): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    process.stderr.write(
      `Cannot listen on ${settings.HOST}:${settings[name]} (${code}): choose another ${name} or HOST.\n`,
    );
    process.exit(EXIT.failure);
  }
}

/** Not ready at once, still accepting for a while, then finish what was admitted. */
async function drain(listeners: Listeners, serving: Serving, settings: Settings): Promise<void> {
  serving.startDraining();
  listeners.grpc?.drain();
  await new Promise((resolve) => setTimeout(resolve, settings.DRAIN_DELAY_MS));
  const finished = closeAll(listeners, serving);
  const timeout = new Promise((resolve) => setTimeout(resolve, settings.DRAIN_TIMEOUT_MS).unref());
  await Promise.race([finished, timeout]);
}

async function closeAll({ app, grpc }: Listeners, serving: Serving): Promise<void> {
  await Promise.all([app.close(), grpc?.close()]);
  await serving.close();
}

/** The first signal drains, a second one ends the process at once. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(EXIT.failure);
    stopping = true;
    void stop().then(() => process.exit(EXIT.ok));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
