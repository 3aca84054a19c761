import { processTreeCpuMicros } from '../process-tree-cpu.ts';
import { closedLoop } from './closed-loop.ts';

const CONNECTIONS = [4, 8, 16, 32];

export interface Peak {
  readonly ratePerSecond: number;
  readonly connections: number;
  /** CPU of the server and its engines for one answer. */
  readonly answerMicros: number;
}

export interface PeakOptions {
  readonly port: number;
  readonly pid: number;
  /** Whole requests without a deadline of their own. */
  readonly requests: readonly Uint8Array[];
  /** Of each number of connections, after as long a warm-up. */
  readonly durationMs: number;
}

/** The highest rate of answers among closed loops in which nothing is refused. Throws where all refuse something. */
export async function measurePeak(options: PeakOptions): Promise<Peak> {
  const peaks: Peak[] = [];
  for (const connections of CONNECTIONS) {
    const peak = await measureAt(options, connections);
    if (peak) peaks.push(peak);
  }
  const best = peaks.sort((left, right) => right.ratePerSecond - left.ratePerSecond)[0];
  if (best === undefined) throw new Error('Every closed loop met refusals: the server cannot be measured.');
  return best;
}

/** Of one closed loop; undefined where something is refused in it. */
export async function measureAt({ pid, ...load }: PeakOptions, connections: number): Promise<Peak | undefined> {
  await closedLoop({ ...load, connections });
  const [startMs, startMicros] = [performance.now(), processTreeCpuMicros(pid)];
  const counts = await closedLoop({ ...load, connections });
  const [tookMs, tookMicros] = [performance.now() - startMs, processTreeCpuMicros(pid) - startMicros];
  const answered = counts.get(200) ?? 0;
  if (counts.size !== 1 || answered === 0) return undefined;
  return { ratePerSecond: (answered * 1000) / tookMs, connections, answerMicros: tookMicros / answered };
}
