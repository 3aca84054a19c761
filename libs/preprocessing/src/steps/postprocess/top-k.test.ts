import { describe, expect, it } from 'vitest';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'top-k', from: 'scores', labels: ['a', 'b', 'c'], k: 2 };

describe('top-k', () => {
  it('lists the highest first, the earlier label of equals first', async () => {
    expect(await runStep(spec, { scores: [0.25, 0.5, 0.25] })).toEqual({
      top: [
        { label: 'b', probability: 0.5 },
        { label: 'a', probability: 0.25 },
      ],
    });
  });

  it('lists all if there are fewer', async () => {
    expect(await runStep({ ...spec, k: 9, as: 'best' }, { scores: [3, 2, 1] })).toMatchObject({
      best: [{ label: 'a' }, { label: 'b' }, { label: 'c' }],
    });
  });

  it('rejects NaN', async () => {
    expect(await runStep(spec, { scores: [NaN, 0, 0] })).toMatchObject({ field: 'scores', got: 'NaN' });
  });
});
