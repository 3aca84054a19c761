import { describe, expect, it } from 'vitest';
import { grey } from '../../testing/pictures.ts';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'stretch-contrast', field: 'image', minRange: 16 };

describe('stretch-contrast', () => {
  it('spreads the levels over 0 to 255, rounded half up', async () => {
    // 102 levels: 1 becomes 2.5, rounded up to 3.
    expect(await runStep(spec, { image: grey([100, 101, 202]) })).toEqual({ image: grey([0, 3, 255]) });
  });

  it('spreads what lacks a single level', async () => {
    expect(await runStep(spec, { image: grey([0, 100, 254]) })).toEqual({ image: grey([0, 100, 255]) });
    expect(await runStep(spec, { image: grey([1, 100, 255]) })).toEqual({ image: grey([0, 99, 255]) });
  });

  it('leaves what is spread already', async () => {
    const row = { image: grey([0, 17, 255]) };

    expect(await runStep(spec, row)).toEqual(row);
  });

  it('rejects a picture without a drawing', async () => {
    expect(await runStep(spec, { image: grey([100, 115]) })).toMatchObject({ got: 'no drawing found: they span 15' });
    expect(await runStep(spec, { image: grey([100, 116]) })).toEqual({ image: grey([0, 255]) });
  });
});
