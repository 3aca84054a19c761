import { describe, expect, it } from 'vitest';
import type { TensorOf } from '@web-single/tensor';
import { counting, grey } from '../../testing/pictures.ts';
import { runStep } from '../../testing/run-step.ts';

const spec = { step: 'resize-image', field: 'image', filter: 'bilinear' };

async function shape(picture: TensorOf<'uint8'>, parameters: object): Promise<unknown> {
  const row = await runStep({ ...spec, ...parameters }, { image: picture });
  return 'image' in row ? (row.image as TensorOf<'uint8'>).shape : row;
}

describe('resize-image', () => {
  it('rounds the other side half up for the longest side, to at least 1', async () => {
    expect(await shape(counting(8, 3), { fit: 'longest', size: 20 })).toEqual([8, 20, 3]);
    expect(await shape(counting(2, 90), { fit: 'longest', size: 20 })).toEqual([20, 1, 3]);
  });

  it('rounds the other side down for the shortest side', async () => {
    expect(await shape(counting(3, 5), { fit: 'shortest', size: 2 })).toEqual([3, 2, 3]);
  });

  it('takes an exact size', async () => {
    expect(await shape(grey([1, 2], [3, 4]), { fit: 'exact', width: 5, height: 1 })).toEqual([1, 5]);
  });

  it('averages the pixels that fall together, rounded after each pass', async () => {
    const row = await runStep(
      { ...spec, fit: 'exact', width: 1, height: 1, filter: 'box' },
      { image: grey([0, 10], [20, 31]) },
    );

    // (0 + 10) / 2 = 5; (20 + 31) / 2 = 25.5, so 26; (5 + 26) / 2 = 15.5, so 16.
    expect(row).toEqual({ image: grey([16]) });
  });

  it('rejects a thin picture that would grow without end', async () => {
    const image = { dtype: 'uint8', shape: [1, 20_000], data: new Uint8Array(20_000) } as const;

    expect(await runStep({ ...spec, fit: 'shortest', size: 224 }, { image })).toMatchObject({ got: '4480000 x 224' });
  });
});
