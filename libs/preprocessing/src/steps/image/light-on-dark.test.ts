import { describe, expect, it } from 'vitest';
import { counting, grey } from '../../testing/pictures.ts';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'light-on-dark', field: 'image' };

describe('light-on-dark', () => {
  it('inverts dark on light, whatever the middle is', async () => {
    const image = grey([255, 200, 255], [255, 0, 255], [255, 255, 255]);

    expect(await runStep(spec, { image })).toEqual({ image: grey([0, 55, 0], [0, 255, 0], [0, 0, 0]) });
  });

  it('leaves light on dark', async () => {
    const row = { image: grey([0, 9, 0], [0, 255, 0], [0, 0, 127]) };

    expect(await runStep(spec, row)).toEqual(row);
  });

  it.each([
    ['one column', grey([0], [128], [0], [128]), grey([0], [128], [0], [128])],
    ['one row', grey([128, 0, 128]), grey([127, 255, 127])],
    ['one pixel', grey([128]), grey([127])],
    ['an even border, whose lower median counts', grey([127, 127], [128, 128]), grey([127, 127], [128, 128])],
  ])('counts each border pixel once: %s', async (_, image, expected) => {
    expect(await runStep(spec, { image })).toEqual({ image: expected });
  });

  it('rejects colours', async () => {
    expect(await runStep(spec, { image: counting(2, 2) })).toMatchObject({
      field: 'image',
      expected: 'a grey picture, uint8 [height, width]',
      got: 'tensor uint8 [2, 2, 3]',
    });
  });
});
