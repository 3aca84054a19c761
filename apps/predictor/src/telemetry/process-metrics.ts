import { readdirSync, statSync } from 'node:fs';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';

/** What takes the longer the more connections are open: some ms of the loop at each scrape where there are 2,000. */
const LISTS_OF_CONNECTIONS = [
  'process_open_fds',
  ...['handles', 'requests', 'resources'].flatMap((what) => [`nodejs_active_${what}`, `nodejs_active_${what}_total`]),
];
/** What its own monitor would tell, which wakes an idle process a hundred times a second; `web_single_loop_stall_seconds` tells more. */
const LAGS = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'].map(
  (what) => `nodejs_eventloop_lag_${what}_seconds`,
);
const NEVER_MS = 2 ** 31 - 1;
const DESCRIPTORS = '/proc/self/fd';

/** The library's metrics of the process and of Node, but for its lists of open connections; their number is told. */
export function collectProcessMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: NEVER_MS });
  for (const name of [...LISTS_OF_CONNECTIONS, ...LAGS]) registry.removeSingleMetric(name);
  if (process.platform !== 'linux') return;
  new Gauge({
    name: 'process_open_fds',
    help: 'Number of open file descriptors.',
    registers: [registry],
    collect() {
      try {
        this.set(countDescriptors());
      } catch {
        // Without /proc, or without a descriptor left for the listing, the others are told all the same.
      }
    },
  });
}

/** The size of the folder is their number since Linux 6.2, and 0 before; a listing holds a descriptor of its own. */
const countDescriptors = (): number => statSync(DESCRIPTORS).size || readdirSync(DESCRIPTORS).length - 1;
