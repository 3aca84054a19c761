import { pino, type DestinationStream, type Logger } from 'pino';
import type { AnsweredRequest } from '../rest/request-outcome.ts';

const MAX_BUFFERED_BYTES = 4 * 2 ** 20;
/** Lines are gathered up to this size or age: a write each would cost a busy server a third of its time. */
const GATHERED_BYTES = 8 * 2 ** 10;
const GATHERED_MS = 50;
const LAST_LINES_MS = 1000;

/** The server's log: JSON lines on stdout, written asynchronously; beyond the buffer lines are dropped, never the loop blocked. */
export function createLog(level: string): { log: Logger; flush: () => Promise<void> } {
  const destination = pino.destination({
    dest: 1,
    sync: false,
    minLength: GATHERED_BYTES,
    maxLength: MAX_BUFFERED_BYTES,
    periodicFlush: GATHERED_MS,
  });
  const log = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination as DestinationStream);
  return { log, flush: () => writeLastLines(destination) };
}

/** One line per request: who, what, how long; never inputs, query strings or secrets. */
export function logRequest(log: Logger, request: AnsweredRequest, status: number): void {
  const { code, model, version, rows, overrides, timing, startedAtMs } = request.outcome;
  const route = routeOf(request);
  const level = levelOf(route, status);
  if (!log.isLevelEnabled(level)) return;
  log[level](
    {
      requestId: request.id,
      method: request.method,
      route,
      status,
      code,
      durationMs: round(performance.now() - startedAtMs),
      model,
      version,
      rows,
      overrides,
      ...(timing === undefined
        ? {}
        : { timing: Object.fromEntries(Object.entries(timing).map(([phase, ms]) => [phase, round(ms)])) }),
    },
    'request',
  );
}

/** Asked every few seconds by every platform. */
const PROBES: ReadonlySet<string> = new Set(['/livez', '/readyz', '/startupz', '/metrics']);

/** A request that is shed, or comes before a model is ready, is no fault of the server. */
function levelOf(route: string, status: number): 'debug' | 'info' | 'warn' | 'error' {
  if (PROBES.has(route)) return 'debug';
  if (status === 503) return 'warn';
  return status >= 500 ? 'error' : 'info';
}

/** Template of the matched route (`/v1/models/:model/predict`), so that no input reaches a log line or a metric label. */
export function routeOf(request: Pick<AnsweredRequest, 'routeOptions'>): string {
  return request.routeOptions.url ?? '_other';
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/**
 * Waits until the last lines are written, or nobody reads them. The destination itself would go on trying for ever, also when the
 * process exits: a reader that has gone or stands still must not keep a server from ending.
 */
async function writeLastLines(destination: ReturnType<typeof pino.destination>): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, LAST_LINES_MS);
    destination.flush(() => resolve());
  });
  destination.flushSync = () => undefined;
}
