import { describe, expect, it } from 'vitest';
import { counting, grey } from '../../testing/pictures.ts';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'center-crop', field: 'image', width: 1, height: 1 };
const lines = grey([0, 1, 2, 3], [4, 5, 6, 7]);

describe('center-crop', () => {
  it('starts half a pixel early, or as torchvision does', async () => {
    // 3 columns are left over: 1.5 is 1 rounded down, 2 rounded half to even; of 1 row, 0.5 is 0 both times.
    expect(await runStep(spec, { image: lines })).toEqual({ image: grey([1]) });
    expect(await runStep({ ...spec, rounding: 'half-even' }, { image: lines })).toEqual({ image: grey([2]) });
  });

  it('keeps the channels together', async () => {
    expect(await runStep(spec, { image: counting(3, 3) })).toEqual({
      image: { dtype: 'uint8', shape: [1, 1, 3], data: Uint8Array.of(12, 13, 14) },
    });
  });

  it('rejects a picture that is too small', async () => {
    expect(await runStep({ ...spec, height: 3 }, { image: lines })).toEqual({
      field: 'image',
      expected: 'at least 1 x 3 pixels',
      got: '4 x 2',
    });
  });
});
