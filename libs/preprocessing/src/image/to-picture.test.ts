import { describe, expect, it } from 'vitest';
import { sameBytes, scattered, soilKernelMemory } from '../testing/kernel-pictures.ts';
import { flatten } from './flatten.ts';
import { toMode } from './to-mode.ts';
import { toPicture } from './to-picture.ts';

describe.each([1, 2, 3, 4] as const)('toPicture of %i channels', (channels) => {
  it.each([1, 3, 5, 70_000, 1_100_003])('lays %i pixels on the background, then converts them', (width) => {
    for (const background of [0, 127, 255]) {
      const image = { width, height: 1, channels, data: scattered(width * channels) };
      soilKernelMemory();

      for (const mode of ['grey', 'rgb'] as const) {
        const picture = toPicture(image, background, mode);
        const expected = toMode(flatten(image, background), mode);
        expect(picture).toMatchObject({ width, height: 1, channels: mode === 'grey' ? 1 : 3 });
        expect(sameBytes(picture.data, expected.data)).toBe(true);
      }
    }
  });
});
