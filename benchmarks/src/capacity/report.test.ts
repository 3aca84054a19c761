import { describe, expect, it } from 'vitest';
import type { LoadOutcome } from './open-loop.ts';
import { planReplicas } from './plan-replicas.ts';
import { report, type CapacityReport } from './report.ts';

const step = (ratePerSecond: number, p99Ms: number): LoadOutcome & { cpuCores: number } => ({
  ...{ ratePerSecond, p99Ms, answeredPerSecond: ratePerSecond, refused: 0, failed: 0, p50Ms: 1, cpuCores: 0.5 },
});

const measured = { ratePerSecond: 1000, cpuCores: 0.93, peakRssBytes: 2 ** 28, p99GoalMs: 20, rowsPerRequest: 1 };

const printed = (change: Partial<CapacityReport>): string =>
  report({
    ...{ machine: ['CPU: one'], model: 'models/penguins', peak: 2500, p99GoalMs: 20, steps: [step(1000, 10)] },
    ...{ measured, plan: planReplicas(measured, 2500), ...change },
  });

describe('the report of a capacity', () => {
  it('gives the plan as values of the chart, and says what each is for', () => {
    expect(printed({})).toContain(`autoscaling:
  enabled: true
  minReplicas: 2
  maxReplicas: 4 # replicas for the peak
  cpuUtilization: 70
  # Rows waiting per replica. Needs serviceMonitor.enabled and the adapter of the chart's README; without them 0.
  queueRows: 5
resources:
  requests: { cpu: 950m, memory: 320Mi } # memory up to the next 16 MiB
  limits: { cpu: "1", memory: 512Mi }
`);
  });

  it('says what to do where no rate kept the goal, and how near it came', () => {
    const steps = [step(50, 90), step(25, 31.4), step(37.5, 70)];
    expect(printed({ steps, measured: undefined, plan: undefined })).toContain(
      'No rate kept the goal; the nearest was p99 31.4 ms at 25 a second. Allow more (--p99-ms), begin lower (--first-rate), or measure on a quieter machine.',
    );
  });

  it('warns of two tries that contradict each other, and of no others', () => {
    const text = printed({ steps: [step(250, 10), step(500, 629), step(500, 48), step(375, 30), step(375, 18)] });
    expect(text).toContain('Warning: two tries at 500 a second had p99 629.0 ms and 48.0 ms: something else ran');
    expect(text.match(/Warning/g)).toHaveLength(1);
  });
});
