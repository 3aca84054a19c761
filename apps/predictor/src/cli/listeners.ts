import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { systemClock } from '@web-single/model-runtime';
import type { Serving } from '@web-single/serving';
import type { Logger } from 'pino';
import type { ModelRepository } from '../admin/model-repository.ts';
import { defaultHeldBytes, HeldBytes } from '../bodies/held-bytes.ts';
import { LISTEN_BACKLOG } from '../config/listen-backlog.ts';
import type { Settings } from '../config/settings.ts';
import { ServingInferenceCalls } from '../oip/serving-inference-calls.ts';
import { addListeners, MAY_SHARE_PORTS, whenPortIsFree, type MoreListeners } from '../rest/more-listeners.ts';
import type { ModelSources } from '../sources/model-sources.ts';
import { STALL_TICK_MS, type TickTimes } from '../telemetry/loop-stalls.ts';
import { InferenceStatistics } from '../telemetry/inference-statistics.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { RefusalLines } from '../telemetry/refusal-lines.ts';
import { orExit } from './listen-or-exit.ts';
import { openGrpc } from './open-grpc.ts';

const READ_STALLS_MS = 1000;

export interface ListenerParts {
  readonly settings: Settings;
  readonly serving: Serving;
  readonly repository: ModelRepository;
  readonly sources: ModelSources;
  /** Absolute folder of the bundle, which the files of the pages lie in. */
  readonly distFolder: string;
  readonly log: Logger;
}

export interface Listeners {
  /** Where the server is reached, by what it speaks there. */
  readonly urls: { readonly http: string; readonly grpc?: string; readonly admin?: string };
  readonly countRefusedOverrides: () => void;
  /** Accepts for `delayMs` more, finishes what was admitted, closes all; at most `timeoutMs` after the delay. */
  drain(delayMs: number, timeoutMs: number): Promise<void>;
}

/** Opens every port of the server around one serving core. Their code is loaded here, not before: engines start meanwhile. */
export async function openListeners(parts: ListenerParts): Promise<Listeners> {
  const { settings, serving, sources, log } = parts;
  const { createApp } = await import('../rest/create-app.ts');
  const held = new HeldBytes(settings.BODIES_LIMIT_BYTES ?? defaultHeldBytes());
  const metrics = new Metrics({ serving, sources, held, ticks: startTicks() });
  metrics.subscribe();
  const readingStalls = setInterval(() => metrics.readLoopStalls(), READ_STALLS_MS).unref();
  const calls = createCalls(serving, settings);
  const refusals = new RefusalLines(systemClock, log);
  const pages = { docsFolder: join(parts.distFolder, 'docs'), playgroundFolder: join(parts.distFolder, 'playground') };
  const app = await createApp({ settings, serving, sources, metrics, calls, ...pages, held }, log, refusals);
  const more = await orExit(listenForHttp(app, parts), `${settings.HOST}:${settings.PORT}`, 'PORT or HOST');
  const grpc = await orExit(
    openGrpc({ calls, settings, metrics, log, held, refusals }),
    `${settings.HOST}:${settings.GRPC_PORT}`,
    'GRPC_PORT or HOST',
  );
  const admin = await openAdmin(parts, calls);
  const close = async (): Promise<void> => {
    clearInterval(readingStalls);
    await Promise.all([app.close(), more.close(), grpc?.close(), admin?.close()]);
    await serving.close();
    refusals.flush();
  };
  return {
    urls: {
      http: await app.getUrl(),
      ...(grpc === null ? {} : { grpc: grpc.address }),
      ...(admin === undefined ? {} : { admin: admin.url }),
    },
    countRefusedOverrides: () => metrics.countRefusedOverrides(),
    async drain(delayMs, timeoutMs) {
      grpc?.drain();
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      const timeout = new Promise((resolve) => setTimeout(resolve, timeoutMs).unref());
      await Promise.race([close(), timeout]);
    },
  };
}

async function listenForHttp(
  app: NestFastifyApplication,
  { settings: { PORT: port, HOST: host, MAX_CONNECTIONS: maxConnections }, log }: ListenerParts,
): Promise<MoreListeners> {
  await whenPortIsFree({ port, host });
  // A variable: the framework's types do not know the last one, and its code hands all of them on.
  const options = { port, host, backlog: LISTEN_BACKLOG, reusePort: MAY_SHARE_PORTS };
  await app.listen(options);
  const onError = (error: Error): void => log.error({ err: error }, 'connection not accepted');
  return addListeners(app.getHttpServer(), { maxConnections, onError });
}

/** Of this process's event loop; they keep no process alive. */
function startTicks(): TickTimes {
  const ticks = monitorEventLoopDelay({ resolution: STALL_TICK_MS });
  ticks.enable();
  return ticks;
}

/** What the Open Inference Protocol asks, for every listener that speaks it. */
function createCalls(serving: Serving, { MAX_ROWS_PER_REQUEST }: Settings): ServingInferenceCalls {
  const isLoaded = (model: string, version: string): boolean =>
    serving.models.versions(model).some((known) => known.version === version);
  const statistics = new InferenceStatistics(isLoaded);
  statistics.subscribe();
  return new ServingInferenceCalls(serving, statistics, { maxRows: MAX_ROWS_PER_REQUEST });
}

/** Only where a token is set. */
async function openAdmin(
  { settings, serving, repository, log }: ListenerParts,
  calls: ServingInferenceCalls,
): Promise<{ readonly url: string; close(): Promise<void> } | undefined> {
  const { ADMIN_HOST: host, ADMIN_PORT: port, ADMIN_TOKEN: token } = settings;
  if (token === undefined) return undefined;
  const { createAdminServer } = await import('../admin/admin-server.ts');
  const server = createAdminServer({ token, host, calls, serving, repository, log });
  const url = await orExit(
    server.listen({ port, host, backlog: LISTEN_BACKLOG }),
    `${host}:${port}`,
    'ADMIN_PORT or ADMIN_HOST',
  );
  return { url, close: () => server.close() };
}
