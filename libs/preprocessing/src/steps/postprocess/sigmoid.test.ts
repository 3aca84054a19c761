import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'sigmoid', field: 'x' };

describe('sigmoid', () => {
  it('is exact at both ends', async () => {
    expect(await runStep(spec, { x: [0, 800, -800] })).toEqual({ x: [0.5, 1, 0] });
    expect(await runStep(spec, { x: 0 })).toEqual({ x: 0.5 });
  });

  it('gives opposite logits probabilities that sum to 1', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: -700, max: 700, noNaN: true }), async (logit) => {
        const { x } = (await runStep(spec, { x: [logit, -logit] })) as { x: [number, number] };

        expect(x[0] + x[1]).toBeCloseTo(1, 15);
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});
