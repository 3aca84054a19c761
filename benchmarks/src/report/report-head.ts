import type { ChosenContenders } from '../choose-contenders.ts';
import type { Plan } from '../measure/plan.ts';

export interface ReportHead {
  readonly name: string;
  readonly machine: readonly string[];
  readonly plan: Plan;
  /** Of the command line. */
  readonly words: readonly string[];
  readonly seconds: number;
  readonly chosen: ChosenContenders;
}

/** Markdown of what a reader needs before any figure. */
export function reportHead({ name, machine, plan, words, seconds, chosen }: ReportHead): readonly string[] {
  const command = [
    'npx nx run benchmarks:run',
    ...(words.length > 0 ? ['--', ...words.filter((word) => word !== '--')] : []),
  ];
  return [
    `# ${name}`,
    '',
    ...machine.map((line) => `- ${line}`),
    `- command: \`${command.join(' ')}\`, ${seconds.toFixed(0)} s`,
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
