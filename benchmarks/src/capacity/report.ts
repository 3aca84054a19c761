import type { LoadOutcome } from './open-loop.ts';
import { unsteadyTries, type UnsteadyTries } from './unsteady-tries.ts';
import type { ReplicaMeasurement, ReplicaPlan } from './plan-replicas.ts';

export interface CapacityReport {
  readonly machine: readonly string[];
  readonly model: string;
  readonly peak: number;
  readonly p99GoalMs: number;
  readonly steps: readonly (LoadOutcome & { readonly cpuCores: number })[];
  readonly measured: ReplicaMeasurement | undefined;
  readonly plan: ReplicaPlan | undefined;
}

/** Markdown: the steps, the knee, the plan, and the plan as values of the Helm chart. */
export function report({ machine, model, peak, p99GoalMs, steps, measured, plan }: CapacityReport): string {
  const rows = steps.map(
    (step) =>
      `| ${step.ratePerSecond.toFixed(0)} | ${step.answeredPerSecond.toFixed(0)} | ${step.p50Ms.toFixed(1)} | ${step.p99Ms.toFixed(1)} | ${step.refused + step.failed} | ${step.cpuCores.toFixed(2)} |`,
  );
  const lines = [
    `# Capacity of one replica, ${model}`,
    '',
    ...machine.map((line) => `- ${line}`),
    `- goal: 99 of 100 requests within ${p99GoalMs} ms, none refused`,
    '',
    '| offered, 1/s | answered, 1/s | p50, ms | p99, ms | not answered | CPU, cores |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    ...unsteadyTries(steps).flatMap((tries) => [warningOf(tries), '']),
    ...(measured === undefined || plan === undefined ? [noRateLine(steps)] : planLines(measured, plan, peak)),
  ];
  return `${lines.join('\n')}\n`;
}

function warningOf({ ratePerSecond, p99Ms: [first, second] }: UnsteadyTries): string {
  const p99s = `p99 ${first.toFixed(1)} ms and ${second.toFixed(1)} ms`;
  return `Warning: two tries at ${ratePerSecond.toFixed(0)} a second had ${p99s}: something else ran on this machine. Measure again when it is quiet, or with longer --step-seconds.`;
}

function noRateLine(steps: readonly LoadOutcome[]): string {
  const [nearest] = [...steps].sort((one, other) => one.p99Ms - other.p99Ms);
  const came =
    nearest && `; the nearest was p99 ${nearest.p99Ms.toFixed(1)} ms at ${nearest.ratePerSecond.toFixed(0)} a second`;
  return `No rate kept the goal${came ?? ''}. Allow more (--p99-ms), begin lower (--first-rate), or measure on a quieter machine.`;
}

function planLines(measured: ReplicaMeasurement, plan: ReplicaPlan, peak: number): string[] {
  const { ratePerSecond, cpuCores, peakRssBytes } = measured;
  return [
    `One replica keeps the goal up to ${ratePerSecond.toFixed(0)} requests a second, with ${cpuCores.toFixed(2)} cores and ${(peakRssBytes / 2 ** 20).toFixed(0)} MiB.`,
    '',
    `For a peak of ${peak} a second, as values of deploy/helm/web-single:`,
    '',
    '```yaml',
    'autoscaling:',
    '  enabled: true',
    '  minReplicas: 2',
    `  maxReplicas: ${plan.replicas} # replicas for the peak`,
    `  cpuUtilization: ${plan.cpuUtilizationPercent}`,
    "  # Rows waiting per replica. Needs serviceMonitor.enabled and the adapter of the chart's README; without them 0.",
    `  queueRows: ${plan.queueRows}`,
    'resources:',
    `  requests: { cpu: ${plan.cpuRequestMillicores}m, memory: ${plan.memoryRequestMebibytes}Mi } # memory up to the next 16 MiB`,
    `  limits: { cpu: "${plan.cpuLimitCores}", memory: ${plan.memoryLimitMebibytes}Mi }`,
    '```',
  ];
}
