import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planReplicas } from './plan-replicas.ts';

const measured = { ratePerSecond: 1000, cpuCores: 0.93, peakRssBytes: 200 * 2 ** 20, p99GoalMs: 20, rowsPerRequest: 1 };

describe('planReplicas', () => {
  it('does the arithmetic of the scaling guide', () => {
    expect(planReplicas(measured, 2500)).toEqual({
      replicas: 4,
      cpuRequestMillicores: 950,
      cpuLimitCores: 1,
      memoryRequestMebibytes: 256,
      memoryLimitMebibytes: 400,
      cpuUtilizationPercent: 70,
      queueRows: 5,
    });
  });

  it('never plans fewer than two, however little is asked', () => {
    expect(planReplicas(measured, 1).replicas).toBe(2);
  });

  it('carries the peak at the knee with one replica lost, and at seven tenths with all', () => {
    const rates = fc.double({ min: 1, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(rates, rates, (ratePerSecond, peak) => {
        const { replicas } = planReplicas({ ...measured, ratePerSecond }, peak);
        expect((replicas - 1) * ratePerSecond).toBeGreaterThanOrEqual(peak * (1 - 1e-9));
        expect(replicas * ratePerSecond * 0.7).toBeGreaterThanOrEqual(peak * (1 - 1e-9));
      }),
    );
  });
});
