import type { ChosenContenders } from '../choose-contenders.ts';
import type { Plan } from '../measure/plan.ts';
import type { Workload } from '../workloads/workload.ts';

export interface ReportHead {
  readonly name: string;
  readonly machine: readonly string[];
  readonly plan: Plan;
  readonly workloads: readonly Workload[];
  /** Of the command line. */
  readonly words: readonly string[];
  readonly seconds: number;
  readonly chosen: ChosenContenders;
}

/** Markdown of what a reader needs before any figure. */
export function reportHead({ name, machine, plan, workloads, words, seconds, chosen }: ReportHead): readonly string[] {
  const command = [
    'npx nx run benchmarks:run',
    ...(words.length > 0 ? ['--', ...words.filter((word) => word !== '--')] : []),
  ];
  return [
    `# ${name}`,
    '',
    ...machine.map((line) => `- ${line}`),
    `- command: \`${command.join(' ')}\`, ${seconds.toFixed(0)} s`,
    `- not counted: what a contender answers until its CPU time a request falls no further, at most ${warmUpWords(plan, workloads)}`,
    `- saturation: closed loop, ${plan.rounds} interleaved rounds of ${plan.blockMs} ms a contender; all others are stopped (SIGSTOP) meanwhile`,
    `- latency: open loop, Poisson arrivals, from when a request was due; ${plan.latencyRounds} rounds of ${plan.latencyBlockMs} ms; p99 is of a round`,
    '- a figure is the median of rounds, with its bootstrap 95 % interval in parentheses; ratios are of the same round. Differences below 10 % are not resolved',
    '- intra-op threads: 1 everywhere. Access logs: off everywhere (ours by LOG_LEVEL=warn). Every answer is held against the golden cases',
    '- CPU is user and system time of the whole process tree; memory the peaks of all its processes added up, so what they share counts for each',
    '',
    `![Requests a second](${name}.svg)`,
    '',
    '## Contenders',
    '',
    '| | what | versions |',
    '|---|---|---|',
    ...chosen.kinds.map((kind) => `| ${kind.name} | ${kind.title} | ${chosen.versions.get(kind.name)} |`),
    '',
    ...[...chosen.leftOut].map(([left, reason]) => `- **${left} is left out**: ${reason.replaceAll('\n', ' ')}`),
    ...(chosen.leftOut.size > 0 ? [''] : []),
  ];
}

/** `8 s (digits-png, cnn-jpeg: 0.8 s)`: the longest, and what differs from it. */
function warmUpWords(plan: Plan, workloads: readonly Workload[]): string {
  const seconds = (workload: Workload) => plan.warmUp(workload).mostMs / 1_000;
  const most = Math.max(...workloads.map(seconds));
  const others = Map.groupBy(
    workloads.filter((workload) => seconds(workload) < most),
    seconds,
  );
  const words = [...others].map(([less, group]) => `${group.map(({ name }) => name).join(', ')}: ${less} s`);
  return `${most} s${words.length > 0 ? ` (${words.join('; ')})` : ''}`;
}
