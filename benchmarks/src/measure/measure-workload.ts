import type { Contender, ContenderKind } from '../contenders/contender.ts';
import type { FreePorts } from '../free-ports.ts';
import { freeze, peakMemoryBytes } from '../process-group.ts';
import { prepareCases } from '../workloads/prepare-cases.ts';
import type { Workload } from '../workloads/workload.ts';
import { runBlock } from './block.ts';
import type { Block } from './block.ts';
import { interleave } from './interleave.ts';
import type { Round } from './interleave.ts';
import { measureLatency } from './measure-latency.ts';
import type { LatencyTable } from './measure-latency.ts';
import type { Plan } from './plan.ts';
import { warmUp } from './warm-up.ts';

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
  const rounds: RunRounds = async (count, run) => {
    const result = await interleave(alive(), count, (name) => run(contenders.get(name)!));
    for (const [name, failure] of result.failures) failures.set(name, failure);
    return result.rounds;
  };
  try {
    const saturation = await measureSaturation(rounds, plan, workload);
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

type RunRounds = (count: number, run: (contender: Contender) => Promise<Block>) => Promise<readonly Round[]>;

/** The most connections first: whatever compiles as it runs is warm by the time that single requests are timed. */
async function measureSaturation(
  rounds: RunRounds,
  plan: Plan,
  workload: Workload,
): Promise<ReadonlyMap<number, readonly Round[]>> {
  const saturation = new Map<number, readonly Round[]>();
  const descending = [...plan.concurrencies(workload)].sort((one, other) => other - one);
  for (const concurrency of descending) {
    const block = (contender: Contender, durationMs: number) => runBlock(contender, { concurrency, durationMs });
    const isFirst = concurrency === descending[0];
    await rounds(1, (contender) =>
      isFirst
        ? warmUp((durationMs) => block(contender, durationMs), plan.warmUp(workload))
        : block(contender, plan.newConnectionsMs),
    );
    saturation.set(concurrency, await rounds(plan.rounds, (contender) => block(contender, plan.blockMs)));
  }
  return saturation;
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
