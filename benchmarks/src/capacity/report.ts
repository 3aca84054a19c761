import type { LoadOutcome } from './open-loop.ts';
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
    ...(measured === undefined || plan === undefined
      ? ['No rate kept the goal: name a later one, or a lower --first-rate.']
      : planLines(measured, plan, peak)),
  ];
  return `${lines.join('\n')}\n`;
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
    `  maxReplicas: ${plan.replicas}`,
    `  cpuUtilization: ${plan.cpuUtilizationPercent}`,
    `  queueRows: ${plan.queueRows}`,
    'resources:',
    `  requests: { cpu: ${plan.cpuRequestMillicores}m, memory: ${plan.memoryRequestMebibytes}Mi }`,
    `  limits: { cpu: "${plan.cpuLimitCores}", memory: ${plan.memoryLimitMebibytes}Mi }`,
    '```',
  ];
}
