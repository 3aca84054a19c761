import { someOf } from '../command-line/option-kinds.ts';
import { readCommandLine } from '../command-line/read-command-line.ts';
import { pinGenerator } from '../cores.ts';
import { predictor } from '../contenders/predictor.ts';
import { FreePorts } from '../free-ports.ts';
import { closedLoop } from '../load/closed-loop.ts';
import { makeMlp, mlpFolder } from '../workloads/make-mlp.ts';
import { prepareCases } from '../workloads/prepare-cases.ts';
import { workloads } from '../workloads/workload-table.ts';
import type { Workload } from '../workloads/workload.ts';
import { longestBetween, readStalls, stallsOver } from './read-stalls.ts';

/**
 * `nx run benchmarks:stalls`: for each workload how long the front's loop kept others waiting, by its own histogram, under closed
 * loops of 8 and 64 connections. A server of its own for each, never stopped: what `benchmarks:run` does between blocks is a stall.
 */
const CONCURRENCIES = [8, 64];
const WARM_UP_MS = 2_000;
const LOAD_MS = 6_000;

const chosen = readCommandLine('benchmarks:stalls', { workloads: someOf(workloads) }).workloads ?? workloads;
if (chosen.some(({ packageFolder }) => packageFolder === mlpFolder)) await makeMlp();
pinGenerator();
const ports = new FreePorts(47_000, 100);
say('| workload | connections | answers | stalls over 25 ms | over 50 ms | the longest, at most ms |');
say('|---|---|---|---|---|---|');
for (const workload of chosen) await measure(workload);

async function measure(workload: Workload): Promise<void> {
  const port = await ports.next();
  const server = await predictor.start({ workload, cases: await prepareCases(workload) }, port);
  try {
    for (const concurrency of CONCURRENCIES) {
      const lanes = await server.openLanes!(concurrency);
      await closedLoop(lanes, WARM_UP_MS);
      const before = await readStalls(port);
      const { micros } = await closedLoop(lanes, LOAD_MS);
      const after = await readStalls(port);
      for (const lane of lanes) lane.close();
      const [over25, over50] = ['0.025', '0.05'].map((bound) => stallsOver(after, bound) - stallsOver(before, bound));
      say(
        `| ${[workload.name, concurrency, micros.length, over25, over50, longestBetween(before, after)].join(' | ')} |`,
      );
    }
  } finally {
    await server.stop();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
