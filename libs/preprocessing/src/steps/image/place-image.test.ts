import { describe, expect, it } from 'vitest';
import { counting, grey } from '../../testing/pictures.ts';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'place-image', field: 'image', width: 4, height: 3, anchor: 'center-of-mass' };

describe('place-image', () => {
  it('puts the centre of mass into the middle', async () => {
    expect(await runStep(spec, { image: grey([200, 0]) })).toEqual({
      image: grey([0, 0, 0, 0], [0, 0, 200, 0], [0, 0, 0, 0]),
    });
  });

  it('goes no further than the canvas', async () => {
    const image = grey([255, 0, 0]);

    expect(await runStep({ ...spec, width: 3, height: 1 }, { image })).toEqual({ image });
  });

  it('centres a black picture', async () => {
    const row = await runStep({ ...spec, background: 9 }, { image: grey([0, 0]) });

    expect(row).toEqual({ image: grey([9, 9, 9, 9], [9, 0, 0, 9], [9, 9, 9, 9]) });
  });

  it('centres colours by their size', async () => {
    const row = await runStep({ ...spec, height: 1, anchor: 'center', background: 7 }, { image: counting(1, 1) });

    expect(row).toEqual({
      image: { dtype: 'uint8', shape: [1, 4, 3], data: Uint8Array.of(7, 7, 7, 0, 1, 2, 7, 7, 7, 7, 7, 7) },
    });
  });

  it('rejects a picture larger than the canvas', async () => {
    expect(await runStep(spec, { image: grey([1, 2, 3, 4, 5]) })).toMatchObject({
      expected: 'at most 4 x 3 pixels',
      got: '5 x 1',
    });
  });
});
