import { describe, expect, it } from 'vitest';
import { grey } from '../../testing/pictures.ts';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'crop-to-content', field: 'image', threshold: 64 };

describe('crop-to-content', () => {
  it('keeps the smallest box of all pixels at or above the threshold', async () => {
    const image = grey([0, 0, 0, 0], [63, 1, 64, 0], [0, 200, 2, 0], [0, 0, 0, 0]);

    expect(await runStep(spec, { image })).toEqual({ image: grey([1, 64], [200, 2]) });
  });

  it('keeps a picture with content in opposite corners', async () => {
    const row = { image: grey([64, 0], [0, 64]) };

    expect(await runStep(spec, row)).toEqual(row);
  });

  it('rejects a picture without content', async () => {
    expect(await runStep(spec, { image: grey([63, 0]) })).toMatchObject({
      field: 'image',
      expected: 'a picture with a pixel of at least 64',
    });
  });
});
