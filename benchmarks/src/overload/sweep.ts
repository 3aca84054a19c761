import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { goldenRequests } from '../capacity/golden-requests.ts';
import { pinGenerator } from '../cores.ts';
import { processTreeRssBytes } from '../capacity/process-tree-memory.ts';
import { predictorCommand, startPinnedServer, workspaceRoot } from '../server-process.ts';
import { quantile } from '../statistics.ts';
import { measurePeak } from './measure-peak.ts';
import { offerOverload, type OverloadOutcome } from './offer-overload.ts';
import { watchProbes, type ProbeTimes } from './probes.ts';

/** `nx run benchmarks:overload -- --model models/digits --timeout-ms 1000`: half to ten times of what the server carries, then half again. */
const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'models/digits' },
    'timeout-ms': { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '10' },
    loads: { type: 'string', default: '0.5,1,2,3,5,10,0.5' },
    connections: { type: 'string', default: '2000' },
  },
});
const timeoutMs = Number(values['timeout-ms']);
const durationMs = Number(values.seconds) * 1000;
const connections = Number(values.connections);

const folder = join(workspaceRoot, values.model);
const requests = await goldenRequests(folder, { 'X-Request-Timeout-Ms': values['timeout-ms'] });
const { command, environment } = predictorCommand(folder);
const server = await startPinnedServer({ command, environment: { ...environment, LOG_LEVEL: 'error' } });
pinGenerator();
const peak = await measurePeak({ port: server.port, requests, seconds: 8 });
say(`${values.model}: ${peak.toFixed(0)} requests/s in a closed loop are taken for 1; deadline ${timeoutMs} ms`);
say(
  '| offered | of 1 | goodput/s | of 1 | shed | expired | failed | unsent | p50, p99, max ms | p99 of a 503, ms | late | probes max ms | RSS MB |',
);
say('|---|---|---|---|---|---|---|---|---|---|---|---|---|');
for (const load of values.loads.split(',').map(Number)) {
  const endProbes = watchProbes(server.port);
  const ratePerSecond = peak * load;
  const outcome = await offerOverload({
    port: server.port,
    requests,
    ratePerSecond,
    durationMs,
    connections,
    random: Math.random,
  });
  say(row(outcome, load, await endProbes()));
}
await server.stop();

function row(outcome: OverloadOutcome, load: number, probes: ProbeTimes): string {
  const { answeredMs, shedMs, expiredMs, tookMs } = outcome;
  const inTime = answeredMs.filter((ms) => ms <= timeoutMs);
  const late = [...answeredMs, ...expiredMs].filter((ms) => ms > timeoutMs + 100).length;
  const goodput = (inTime.length * 1000) / tookMs;
  const latencies = [0.5, 0.99, 1].map((at) => quantile(answeredMs, at).toFixed(0)).join(', ');
  const probeMs = Math.max(...Object.values(probes.times).map((times) => Math.max(...times)));
  const cells = [
    `${((outcome.offered * 1000) / tookMs).toFixed(0)}/s`,
    load,
    goodput.toFixed(0),
    (goodput / peak).toFixed(2),
    shedMs.length,
    expiredMs.length,
    outcome.failed,
    outcome.unsent,
    latencies,
    shedMs.length === 0 ? '' : quantile(shedMs, 0.99).toFixed(0),
    late,
    `${probeMs.toFixed(0)}${probes.failed > 0 ? ` (${probes.failed} failed)` : ''}`,
    (processTreeRssBytes(server.pid) / 1e6).toFixed(0),
  ];
  return `| ${cells.join(' | ')} |`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
