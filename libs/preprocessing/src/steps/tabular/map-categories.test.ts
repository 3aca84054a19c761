import { describe, expect, it } from 'vitest';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'map-categories', field: 'island', values: ['Biscoe', 'Dream', 3], as: 'code' };

describe('map-categories', () => {
  it('gives the index under the new name', async () => {
    expect(await runStep(spec, { island: 'Dream', mass: 1 })).toEqual({ code: 1, mass: 1 });
    expect(await runStep(spec, { island: 3 })).toEqual({ code: 2 });
  });

  it('replaces the field itself without a new name', async () => {
    const { as: _, ...inPlace } = spec;

    expect(await runStep(inPlace, { island: 'Biscoe' })).toEqual({ island: 0 });
  });

  it('rejects what is not listed and guesses what was meant', async () => {
    expect(await runStep(spec, { island: 'dreem' })).toEqual({
      field: 'island',
      expected: 'one of "Biscoe", "Dream", 3',
      got: '"dreem" (string)',
      hint: 'Did you mean "Dream"?',
    });
    expect(await runStep(spec, { island: '3' })).toMatchObject({ got: '"3" (string)' });
    expect(await runStep(spec, { island: null })).toMatchObject({ hint: expect.stringContaining('fill-missing') });
  });
});
