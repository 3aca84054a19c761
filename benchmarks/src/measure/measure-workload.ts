import type { Contender, ContenderKind } from '../contenders/contender.ts';
import type { FreePorts } from '../free-ports.ts';
import { freeze, peakMemoryBytes } from '../process-group.ts';
import { prepareCases } from '../workloads/prepare-cases.ts';
import type { Workload } from '../workloads/workload.ts';
import { runBlock } from './block.ts';
import { interleave } from './interleave.ts';
import type { Round } from './interleave.ts';
import { measureLatency } from './measure-latency.ts';
import type { LatencyTable } from './measure-latency.ts';
import type { Plan } from './plan.ts';

export interface WorkloadResult {
  readonly workload: Workload;
  /** Those that took part, in the table's order. */
  readonly names: readonly string[];
  /** Rounds of blocks by number of connections. */
  readonly saturation: ReadonlyMap<number, readonly Round[]>;
  readonly latency: LatencyTable | undefined;
  readonly readyMs: ReadonlyMap<string, number>;
  readonly peakMemoryBytes: ReadonlyMap<string, number>;
  readonly choices: ReadonlyMap<string, readonly string[]>;
  /** Who could not be started, or failed on the way, and what it said. */
  readonly failures: ReadonlyMap<string, string>;
}

/** All contenders on one workload: started in turn, alive together, one thawed at a time. */
export async function measureWorkload(
  workload: Workload,
  kinds: readonly ContenderKind[],
  plan: Plan,
  ports: FreePorts,
): Promise<WorkloadResult> {
  const failures = new Map<string, string>();
  const contenders = await startAll(workload, kinds, ports, failures);
  const alive = (): readonly string[] => [...contenders.keys()].filter((name) => !failures.has(name));
  const rounds = async (count: number, concurrency: number, durationMs: number): Promise<readonly Round[]> => {
    const run = (name: string) => runBlock(contenders.get(name)!, { concurrency, durationMs });
    const result = await interleave(alive(), count, run);
    for (const [name, failure] of result.failures) failures.set(name, failure);
    return result.rounds;
  };
  try {
    const saturation = new Map<number, readonly Round[]>();
    // The most connections first: whatever compiles as it runs is warm by the time that single requests are timed.
    const descending = [...plan.concurrencies(workload)].sort((one, other) => other - one);
    for (const concurrency of descending) {
      await rounds(1, concurrency, concurrency === descending[0] ? plan.firstWarmUpMs(workload) : plan.warmUpMs);
      saturation.set(concurrency, await rounds(plan.rounds, concurrency, plan.blockMs));
    }
    const latency = plan.hasLatency(workload)
      ? await measureLatency(new Map(alive().map((name) => [name, contenders.get(name)!])), saturation, plan, failures)
      : undefined;
    return {
      workload,
      names: [...contenders.keys()],
      saturation,
      latency,
      readyMs: new Map([...contenders].map(([name, { readyMs }]) => [name, readyMs])),
      peakMemoryBytes: new Map([...contenders].map(([name, { pid }]) => [name, peakMemoryBytes(pid)])),
      choices: new Map([...contenders].map(([name, { choices }]) => [name, choices()])),
      failures,
    };
  } finally {
    for (const contender of contenders.values()) await contender.stop();
  }
}

/** Each is frozen as soon as it is ready: it starts on a core of its own, as it will be measured. */
async function startAll(
  workload: Workload,
  kinds: readonly ContenderKind[],
  ports: FreePorts,
  failures: Map<string, string>,
): Promise<ReadonlyMap<string, Contender>> {
  const cases = await prepareCases(workload);
  const contenders = new Map<string, Contender>();
  for (const kind of kinds) {
    if (!kind.supports(workload)) continue;
    try {
      const start = async (): Promise<Contender> => kind.start({ workload, cases }, await ports.next());
      // Once more: on a shared machine a port that was free may be gone when it is wanted.
      const contender = await start().catch(start);
      contenders.set(kind.name, contender);
      freeze(contender.pid);
    } catch (error) {
      failures.set(kind.name, (error as Error).message);
    }
  }
  return contenders;
}
