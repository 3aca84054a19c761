import { join } from 'node:path';
import { anyFolder, optional, someOf, wholeNumber } from './command-line/option-kinds.ts';
import type { OptionValues } from './command-line/parse-command-line.ts';
import { contenderKinds } from './contenders/contender-table.ts';
import type { ContenderKind } from './contenders/contender.ts';
import { longPlan, shortPlan } from './measure/plan.ts';
import type { Plan } from './measure/plan.ts';
import { workspaceRoot } from './server-process.ts';
import { workloads } from './workloads/workload-table.ts';
import type { Workload } from './workloads/workload.ts';

/** Of `benchmarks:run`. */
export const benchmarkOptions = {
  long: 'flag',
  workloads: someOf(workloads),
  contenders: someOf(contenderKinds),
  starts: optional(wholeNumber('3', { least: 0, most: 100 })),
  rounds: optional(wholeNumber('5', { most: 1000 })),
  'block-ms': optional(wholeNumber('300', { most: 600_000 })),
  // A hundred of them are taken.
  'first-port': wholeNumber('24300', { least: 1024, most: 65_400 }),
  out: anyFolder(join(workspaceRoot, 'benchmarks/results')),
} as const;

export interface BenchmarkPlan {
  readonly workloads: readonly Workload[];
  readonly contenders: readonly ContenderKind[];
  readonly plan: Plan;
  /** Starts of the built server to time; 0 for none. */
  readonly starts: number;
  /** Behind the name of the report, where not everything was measured. */
  readonly suffix: string;
}

/** What is measured, where only some of it is told. */
export function planOf(values: OptionValues<typeof benchmarkOptions>): BenchmarkPlan {
  const isPart = values.workloads !== undefined || values.contenders !== undefined;
  const plan = values.long ? longPlan : shortPlan;
  return {
    workloads: values.workloads ?? workloads,
    contenders: values.contenders ?? contenderKinds,
    plan: { ...plan, rounds: values.rounds ?? plan.rounds, blockMs: values['block-ms'] ?? plan.blockMs },
    starts: values.starts ?? (isPart ? 0 : 3),
    suffix: isPart ? '-part' : '',
  };
}
