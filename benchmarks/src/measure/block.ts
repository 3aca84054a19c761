import { setTimeout } from 'node:timers/promises';
import type { Contender } from '../contenders/contender.ts';
import { closedLoop } from '../load/closed-loop.ts';
import type { LoadResult } from '../load/closed-loop.ts';
import type { Lane } from '../load/lane.ts';
import { openLoop } from '../load/open-loop.ts';
import { readSteal } from '../machine.ts';
import { freeze, thaw } from '../process-group.ts';
import { processTreeCpuMicros } from '../process-tree-cpu.ts';
import { quantile } from '../statistics.ts';

/** What a contender did in one block of time. */
export interface Block {
  readonly perSecond: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  /** CPU time per right answer of the contender's whole process tree; without the generator's. */
  readonly cpuMicros: number;
  /** Answers that said no, and requests that nobody answered in time. */
  readonly refused: number;
  /** Share of its core that the generator used: near 1, it is the generator that is measured. */
  readonly generatorShare: number;
  /** Share of all cores' time that the host took away. */
  readonly stolenShare: number;
}

/** Requests a second at so many connections; or, with a rate, latency under arrivals that do not wait for answers. */
export type Load =
  | { readonly concurrency: number; readonly durationMs: number }
  | { readonly ratePerSecond: number; readonly durationMs: number; readonly random: () => number };

/** Connections of an open loop: a request that finds none free waits, and the wait counts. */
const openLoopLanes = 64;
const patienceMs = 30_000;

/** Thaws a contender, puts a load on it over fresh connections, freezes it again. */
export async function runBlock(contender: Contender, load: Load): Promise<Block> {
  thaw(contender.pid);
  const lanes = (await contender.openLanes?.('concurrency' in load ? load.concurrency : openLoopLanes)) ?? [];
  const [cpuBefore, ownBefore, stealBefore] = [processTreeCpuMicros(contender.pid), process.cpuUsage(), readSteal()];
  const startMs = performance.now();
  try {
    const result = await inTime(offer(contender, lanes, load), load.durationMs + patienceMs);
    const own = process.cpuUsage(ownBefore);
    const steal = readSteal();
    return {
      perSecond: result.micros.length / result.seconds,
      p50Micros: quantile(result.micros, 0.5),
      p99Micros: quantile(result.micros, 0.99),
      cpuMicros: (processTreeCpuMicros(contender.pid) - cpuBefore) / result.micros.length,
      refused: result.refused + ('unanswered' in result ? (result.unanswered as number) : 0),
      generatorShare: (own.user + own.system) / 1_000 / (performance.now() - startMs),
      stolenShare: (steal.stolen - stealBefore.stolen) / Math.max(1, steal.all - stealBefore.all),
    };
  } finally {
    for (const lane of lanes) lane.close();
    freeze(contender.pid);
  }
}

/** A contender that does not answer any more must not hold up the run. */
async function inTime(result: Promise<LoadResult>, limitMs: number): Promise<LoadResult> {
  const stop = new AbortController();
  const late = setTimeout(limitMs, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`It did not answer for ${limitMs / 1_000} s.`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([result, late]);
  } finally {
    stop.abort();
  }
}

function offer(contender: Contender, lanes: readonly Lane[], load: Load): Promise<LoadResult> {
  if (contender.runAlone) return contender.runAlone(load.durationMs);
  return 'concurrency' in load ? closedLoop(lanes, load.durationMs) : openLoop(lanes, load);
}
