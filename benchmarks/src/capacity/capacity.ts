import { resolve } from 'node:path';
import { packageFolder, positiveNumber, wholeNumber } from '../command-line/option-kinds.ts';
import { readCommandLine } from '../command-line/read-command-line.ts';
import { pinGenerator } from '../cores.ts';
import { describeMachine } from '../machine.ts';
import { processTreeCpuMicros } from '../process-tree-cpu.ts';
import { predictorCommand, startPinnedServer, workspaceRoot, type ServerProcess } from '../server-process.ts';
import { findKnee } from './find-knee.ts';
import { goldenRequests } from './golden-requests.ts';
import { offerLoad, type LoadOutcome } from './open-loop.ts';
import { planReplicas } from './plan-replicas.ts';
import { processTreeRssBytes } from './process-tree-memory.ts';
import { report } from './report.ts';

/** `nx run benchmarks:capacity -- --model models/penguins --p99-ms 20 --peak 2000`: measures a replica, prints the plan for a peak; exit 1 where no rate keeps the goal. */
const values = readCommandLine('benchmarks:capacity', {
  model: packageFolder('models/penguins'),
  'p99-ms': positiveNumber('20'),
  peak: positiveNumber('1000'),
  'first-rate': positiveNumber('50'),
  'step-seconds': positiveNumber('8'),
  connections: wholeNumber('64', { most: 10_000 }),
});
const { connections, peak, 'p99-ms': p99GoalMs, 'first-rate': firstRatePerSecond } = values;
const folder = resolve(workspaceRoot, values.model);
const durationMs = values['step-seconds'] * 1000;

const requests = await goldenRequests(folder);
const server = await startPinnedServer(predictorCommand(folder));
pinGenerator();
const { port } = server;
// Compiles what requests run through: a replica serves for days, and its first seconds are not its pace.
await offerLoad({ port, requests, ratePerSecond: 400, durationMs: 5000, connections, random: Math.random });
const cpuCoresOf = new Map<LoadOutcome, number>();
let peakRssBytes = 0;
const { best, steps } = await findKnee({
  p99GoalMs,
  firstRatePerSecond,
  measure: (rate) => measureRate(server, rate),
});
await server.stop();
const measured = best && {
  ratePerSecond: best.ratePerSecond,
  cpuCores: cpuCoresOf.get(best) ?? NaN,
  peakRssBytes,
  p99GoalMs,
  rowsPerRequest: 1,
};
process.stdout.write(
  report({
    machine: await describeMachine(),
    model: values.model,
    peak,
    p99GoalMs,
    steps: steps.map((step) => ({ ...step, cpuCores: cpuCoresOf.get(step) ?? NaN })),
    measured,
    plan: measured && planReplicas(measured, peak),
  }),
);
if (measured === undefined) process.exitCode = 1;

/** One rate. */
async function measureRate({ pid }: ServerProcess, ratePerSecond: number): Promise<LoadOutcome> {
  const [cpuMicros, startMs] = [processTreeCpuMicros(pid), performance.now()];
  const outcome = await offerLoad({ port, requests, ratePerSecond, durationMs, connections, random: Math.random });
  const tookMs = performance.now() - startMs;
  cpuCoresOf.set(outcome, (processTreeCpuMicros(pid) - cpuMicros) / 1000 / tookMs);
  peakRssBytes = Math.max(peakRssBytes, processTreeRssBytes(pid));
  process.stderr.write(
    `${ratePerSecond.toFixed(0)}/s: p99 ${outcome.p99Ms.toFixed(1)} ms, ${outcome.refused} refused\n`,
  );
  return outcome;
}
