import { describe, expect, it } from 'vitest';
import { counting, grey } from '../../testing/pictures.ts';
import { runStep } from '../../testing/run-step.ts';

const rgb = { step: 'image-to-tensor', field: 'image', as: 'x', scale: 1, mean: [0, 1, 2], std: [1, 1, 2] };

describe('image-to-tensor', () => {
  it('normalises in float64 and rounds once', async () => {
    const spec = { step: 'image-to-tensor', field: 'image', mean: [0.1307], std: [0.3081], layout: 'CHW' };
    const normalised = [0, 7, 255].map((value) => (value * (1 / 255) - 0.1307) / 0.3081);

    expect(await runStep(spec, { image: grey([0, 7, 255]) })).toEqual({
      image: { dtype: 'float32', shape: [1, 1, 3], data: Float32Array.from(normalised) },
    });
  });

  it('lays out channels first or last', async () => {
    const image = counting(2, 1);

    expect(await runStep({ ...rgb, layout: 'CHW' }, { image })).toEqual({
      x: { dtype: 'float32', shape: [3, 1, 2], data: Float32Array.of(0, 3, 0, 3, 0, 1.5) },
    });
    expect(await runStep({ ...rgb, layout: 'HWC' }, { image })).toEqual({
      x: { dtype: 'float32', shape: [1, 2, 3], data: Float32Array.of(0, 0, 0, 3, 3, 1.5) },
    });
  });

  it('rejects a picture of another number of channels', async () => {
    expect(await runStep({ ...rgb, layout: 'CHW' }, { image: grey([1]) })).toMatchObject({
      field: 'image',
      got: 'tensor uint8 [1, 1]',
    });
  });
});
