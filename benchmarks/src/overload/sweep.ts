import { resolve } from 'node:path';
import { goldenRequests } from '../capacity/golden-requests.ts';
import { packageFolder, positiveNumber, positiveNumbers, wholeNumber } from '../command-line/option-kinds.ts';
import { readCommandLine } from '../command-line/read-command-line.ts';
import { pinGenerator } from '../cores.ts';
import { processTreeRssBytes } from '../capacity/process-tree-memory.ts';
import { predictorCommand, startPinnedServer, workspaceRoot } from '../server-process.ts';
import { quantile } from '../statistics.ts';
import { goodputBound } from './goodput-bound.ts';
import { measureAt, measurePeak } from './measure-peak.ts';
import { measureRefusal } from './measure-refusal.ts';
import { offerOverload, type OverloadOutcome } from './offer-overload.ts';
import { watchProbes, type ProbeTimes } from './probes.ts';

/** `nx run benchmarks:overload -- --model models/digits --timeout-ms 1000`: half to ten times of what the server carries, then half again. */
const values = readCommandLine('benchmarks:overload', {
  model: packageFolder('models/digits'),
  'timeout-ms': wholeNumber('1000', { most: 120_000 }),
  seconds: positiveNumber('10'),
  loads: positiveNumbers('0.5,1,2,3,5,10,0.5'),
  connections: wholeNumber('2000', { most: 20_000 }),
});
const { connections, 'timeout-ms': timeoutMs } = values;
const durationMs = values.seconds * 1000;

const folder = resolve(workspaceRoot, values.model);
const requests = await goldenRequests(folder, { 'X-Request-Timeout-Ms': String(timeoutMs) });
const patient = await goldenRequests(folder);
const hopeless = await goldenRequests(folder, { 'X-Request-Timeout-Ms': '1' });
const { command, environment } = predictorCommand(folder);
const server = await startPinnedServer({ command, environment: { ...environment, LOG_LEVEL: 'error' } });
pinGenerator();
const { port, pid } = server;
const carried = { port, pid, requests: patient, durationMs: 2000 };
const first = await measurePeak(carried);
const { answerMicros } = first;
const cost = { port, pid, answered: patient, hopeless, answerMicros };
// The first warms up what refuses.
await measureRefusal({ ...cost, durationMs: 2000 });
const refusalMicros = await measureRefusal({ ...cost, durationMs: 3000 });
say(
  `${values.model}: ${first.ratePerSecond.toFixed(0)} requests/s of ${first.connections} connections; deadline ${timeoutMs} ms`,
);
say(`CPU: ${answerMicros.toFixed(0)} µs an answer, ${refusalMicros.toFixed(0)} µs a refusal`);
say(
  '| offered | of 1 | goodput/s | 1 is | of it | bound | shed | expired | failed | unsent | p50, p99, max ms | p99 of a 503, ms | late | probes p99, max ms | generator held up, ms | RSS MB |',
);
say(`|${'---|'.repeat(16)}`);
// The machine is a different one from minute to minute: 1 is what these connections carry before a load and after it.
let before = await peakNow();
for (const load of values.loads) {
  const endProbes = watchProbes(server.port);
  const ratePerSecond = before * load;
  const outcome = await offerOverload({
    port: server.port,
    requests,
    ratePerSecond,
    durationMs,
    connections,
    random: Math.random,
  });
  const probes = await endProbes();
  const rssBytes = processTreeRssBytes(pid);
  const after = await peakNow();
  say(row({ outcome, probes, load, peak: (before + after) / 2, rssBytes }));
  before = after;
}
await server.stop();

/** What the connections of the first peak carry now, answers/s. */
async function peakNow(): Promise<number> {
  const peak = await measureAt(carried, first.connections);
  if (peak === undefined)
    throw new Error('A load that was carried before is refused now: the server has not recovered.');
  return peak.ratePerSecond;
}

interface Measured {
  readonly outcome: OverloadOutcome;
  readonly probes: ProbeTimes;
  readonly load: number;
  /** Answers/s. */
  readonly peak: number;
  readonly rssBytes: number;
}

function row({ outcome, probes, load, peak, rssBytes }: Measured): string {
  const { answeredMs, shedMs, expiredMs, tookMs } = outcome;
  const inTime = answeredMs.filter((ms) => ms <= timeoutMs);
  const late = [...answeredMs, ...expiredMs].filter((ms) => ms > timeoutMs + 100).length;
  const goodput = (inTime.length * 1000) / tookMs;
  const latencies = [0.5, 0.99, 1].map((at) => quantile(answeredMs, at).toFixed(0)).join(', ');
  const probeMs = [0.99, 1].map((at) => quantile(Object.values(probes.times).flat(), at).toFixed(0)).join(', ');
  const cells = [
    `${((outcome.offered * 1000) / tookMs).toFixed(0)}/s`,
    load,
    goodput.toFixed(0),
    peak.toFixed(0),
    (goodput / peak).toFixed(2),
    goodputBound(load, refusalMicros, answerMicros).toFixed(2),
    shedMs.length,
    expiredMs.length,
    outcome.failed,
    outcome.unsent,
    latencies,
    shedMs.length === 0 ? '' : quantile(shedMs, 0.99).toFixed(0),
    late,
    `${probeMs}${probes.failed > 0 ? ` (${probes.failed} failed)` : ''}`,
    outcome.ownStallMs.toFixed(0),
    (rssBytes / 1e6).toFixed(0),
  ];
  return `| ${cells.join(' | ')} |`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
