import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contenderKinds } from './contenders/contender-table.ts';
import type { ContenderKind } from './contenders/contender.ts';
import { longPlan, shortPlan } from './measure/plan.ts';
import type { Plan } from './measure/plan.ts';
import { workspaceRoot } from './server-process.ts';
import { workloads } from './workloads/workload-table.ts';
import type { Workload } from './workloads/workload.ts';

export interface BenchmarkOptions {
  readonly workloads: readonly Workload[];
  readonly contenders: readonly ContenderKind[];
  readonly plan: Plan;
  /** Starts of the built server to time; 0 for none. */
  readonly starts: number;
  readonly firstPort: number;
  readonly outputFolder: string;
  /** Behind the name of the report, where not everything was measured. */
  readonly suffix: string;
  readonly words: readonly string[];
}

const usage = `nx run benchmarks:run -- [--long] [--workloads a,b] [--contenders a,b] [--starts 7] [--rounds n] [--block-ms n]
                         [--first-port 24300] [--out folder]
  workloads: ${workloads.map(({ name }) => name).join(', ')}
  contenders: ${contenderKinds.map(({ name }) => name).join(', ')}`;

/** Reads the command line; ends the process with the usage where it is not understood. */
export function readOptions(words: readonly string[]): BenchmarkOptions {
  try {
    return parseOptions(words.filter((word) => word !== '--'));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}\n`);
    process.exit(2);
  }
}

/** Throws a sentence where it is not understood. */
export function parseOptions(words: readonly string[]): BenchmarkOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      long: { type: 'boolean', default: false },
      workloads: { type: 'string' },
      contenders: { type: 'string' },
      starts: { type: 'string' },
      rounds: { type: 'string' },
      'block-ms': { type: 'string' },
      'first-port': { type: 'string', default: '24300' },
      out: { type: 'string', default: join(workspaceRoot, 'benchmarks/results') },
    },
  });
  const isPart = values.workloads !== undefined || values.contenders !== undefined;
  const plan = values.long ? longPlan : shortPlan;
  return {
    workloads: named('workload', workloads, values.workloads),
    contenders: named('contender', contenderKinds, values.contenders),
    plan: {
      ...plan,
      rounds: whole('--rounds', values.rounds ?? plan.rounds),
      blockMs: whole('--block-ms', values['block-ms'] ?? plan.blockMs),
    },
    starts: whole('--starts', values.starts ?? (isPart ? 0 : 3)),
    firstPort: whole('--first-port', values['first-port']),
    outputFolder: values.out,
    suffix: isPart ? '-part' : '',
    words,
  };
}

function named<T extends { readonly name: string }>(
  kind: string,
  table: readonly T[],
  list: string | undefined,
): readonly T[] {
  if (list === undefined) return table;
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !table.some((entry) => entry.name === name));
  if (unknown.length > 0) throw new Error(`No ${kind} is called ${unknown.map((name) => `"${name}"`).join(', ')}.`);
  return table.filter(({ name }) => names.includes(name));
}

function whole(option: string, value: string | number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw new Error(`${option}: expected a whole number, got "${value}".`);
  return number;
}
