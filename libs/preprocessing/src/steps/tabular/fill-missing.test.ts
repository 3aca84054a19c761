import { describe, expect, it } from 'vitest';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'fill-missing', fields: { sex: 'missing', mass: 4000, constructor: 1 } };

describe('fill-missing', () => {
  it('fills null and what was left out, also under an inherited name', async () => {
    expect(await runStep(spec, { sex: null })).toEqual({ sex: 'missing', mass: 4000, constructor: 1 });
  });

  it('leaves every other value, 0 and "" too', async () => {
    const row = { sex: '', mass: 0, constructor: false, island: 'Dream' };

    expect(await runStep(spec, row)).toEqual(row);
  });
});
