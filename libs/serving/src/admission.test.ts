import { describe, expect, it } from 'vitest';
import { Admission } from './admission.ts';
import { BatchCost } from './batch-cost.ts';
import { ManualClock } from './testing/manual-clock.ts';

const setUp = (maxRows = 100, maxWaitMs = 1000) => {
  const clock = new ManualClock();
  const cost = new BatchCost(4, [{ rows: 4, p50Ms: 10 }]);
  const admission = new Admission({ limits: { maxRows, maxWaitMs }, cost, instances: 1, clock, random: () => 0.5 });
  return { clock, admission, cost };
};

const refusal = (attempt: () => unknown): unknown => {
  try {
    attempt();
    return 'admitted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('Admission', () => {
  it('counts rows until they are released', () => {
    const { admission } = setUp();
    admission.admit(3, 1e9);
    expect(admission.rowsInFlight).toBe(3);
    admission.release(3);
    expect(admission.rowsInFlight).toBe(0);
  });

  it('refuses more rows than may be in flight, with a hint when to retry', () => {
    const { admission } = setUp(8);
    admission.admit(8, 1e9);
    expect(() => admission.admit(1, 1e9)).toThrowError(
      expect.objectContaining({ code: 'OVERLOADED', retryAfterMs: 1500 }),
    );
  });

  it('refuses what is predicted to miss its own deadline', () => {
    const { admission } = setUp();
    admission.admit(4, 1e9);
    expect(refusal(() => admission.admit(1, 28))).toBe('OVERLOADED');
    expect(refusal(() => admission.admit(1, 29))).toBe('admitted');
  });

  it('answers a passed deadline as such', async () => {
    const { clock, admission } = setUp();
    await clock.advance(50);
    expect(refusal(() => admission.admit(1, 50))).toBe('DEADLINE_EXCEEDED');
  });

  it('learns from batches how long a wait will be', () => {
    const { admission, cost } = setUp();
    const before = admission.predictedWaitMs(8);
    for (let index = 0; index < 50; index += 1) cost.observe(4, 100);
    expect(before).toBe(20);
    expect(admission.predictedWaitMs(8)).toBeCloseTo(200, 0);
  });

  it('can be asked without taking anything', () => {
    const { admission } = setUp(8);
    admission.admit(8, 1e9);
    expect(admission.refusal(1, 1e9)?.code).toBe('OVERLOADED');
    expect(admission.rowsInFlight).toBe(8);
  });

  it('refuses what would wait too long before it could be admitted, also where nothing is in flight', () => {
    const { admission } = setUp();
    expect(admission.refusal(1, 100, 60)?.code).toBeUndefined();
    expect(admission.refusal(1, 100, 61)?.code).toBe('OVERLOADED');
    admission.admit(4, 1e9);
    expect(admission.refusal(1, 100, 50)?.code).toBeUndefined();
    expect(admission.refusal(1, 100, 51)?.code).toBe('OVERLOADED');
  });

  it('always admits to an idle engine, however large the request', () => {
    const { admission } = setUp(8);
    expect(refusal(() => admission.admit(5000, 1e9))).toBe('admitted');
  });
});
