import { describe, expect, it } from 'vitest';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'scale', fields: { mass: { mean: 4000, std: 800 } } };

describe('scale', () => {
  it('standardises numbers and leaves other fields', async () => {
    expect(await runStep(spec, { mass: 3600, island: 'Dream' })).toEqual({ mass: -0.5, island: 'Dream' });
  });

  it('leaves a missing value missing', async () => {
    expect(await runStep(spec, {})).toEqual({ mass: null });
  });

  it('rejects what is no number', async () => {
    expect(await runStep(spec, { mass: '3600' })).toEqual({
      field: 'mass',
      expected: 'a number',
      got: '"3600" (string)',
    });
  });
});
