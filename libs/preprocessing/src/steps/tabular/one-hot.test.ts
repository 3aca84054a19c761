import { describe, expect, it } from 'vitest';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'one-hot', field: 'island', values: ['Biscoe', 'Dream', 'Torgersen'], as: 'island_codes' };

describe('one-hot', () => {
  it('puts 1 at the index of the category', async () => {
    expect(await runStep(spec, { island: 'Torgersen' })).toEqual({
      island_codes: { dtype: 'float32', shape: [3], data: Float32Array.of(0, 0, 1) },
    });
  });

  it('rejects an unseen category instead of answering zeros', async () => {
    expect(await runStep(spec, { island: 'Anvers' })).toMatchObject({ field: 'island', got: '"Anvers" (string)' });
  });
});
