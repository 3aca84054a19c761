import { describe, expect, it } from 'vitest';
import type { DecodedImage } from '../image-decoder.ts';
import { plainGrey, scattered, soilKernelMemory } from '../testing/kernel-pictures.ts';
import { contrastBackground, weighed } from './contrast-background.ts';

/** A sheet of `size` pixels, of which `inked` show a grey; the others are transparent and hold another. */
function sheet(grey: number, inked: number, size: number, channels: 2 | 4 = 2): DecodedImage {
  const data = Uint8Array.from({ length: size * channels }, (_, index) => {
    const isInk = Math.floor(index / channels) < inked;
    if (index % channels === channels - 1) return isInk ? 255 : 0;
    return isInk ? grey : 255 - grey;
  });
  return { width: size, height: 1, channels, data };
}

describe('contrastBackground', () => {
  it.each([2, 4] as const)('is black behind light ink, white behind dark, of %i channels', (channels) => {
    expect(contrastBackground(sheet(255, 3, 10, channels))).toBe(0);
    expect(contrastBackground(sheet(192, 3, 10, channels))).toBe(0);
    expect(contrastBackground(sheet(191, 3, 10, channels))).toBe(255);
    expect(contrastBackground(sheet(0, 3, 10, channels))).toBe(255);
  });

  it('is white behind a page, which shows more than it hides', () => {
    expect(contrastBackground(sheet(255, 4, 10))).toBe(0);
    expect(contrastBackground(sheet(255, 5, 10))).toBe(255);
    expect(contrastBackground(sheet(255, 10, 10))).toBe(255);
  });

  it.each([2, 4] as const)('weighs every pixel of %i channels once, to the unit', (channels) => {
    for (const pixels of [1, 2, 3, 5, 9, 1000, 1_500_003]) {
      const data = scattered(pixels * channels);
      const alphas = data.filter((_, at) => at % channels === channels - 1);
      const colours = data.filter((_, at) => at % channels !== channels - 1);
      const greys = channels === 2 ? colours : plainGrey(colours);
      const shown = alphas.reduce((sum, alpha) => sum + alpha, 0);
      soilKernelMemory();

      expect(weighed({ width: pixels, height: 1, channels, data })).toEqual({
        shown,
        weightedGrey: greys.reduce((sum, grey, pixel) => sum + grey * alphas[pixel]!, 0),
      });
    }
  });

  it('is white behind nothing, and where nothing is transparent', () => {
    expect(contrastBackground(sheet(255, 0, 10))).toBe(255);
    expect(contrastBackground({ width: 1, height: 1, channels: 1, data: Uint8Array.of(255) })).toBe(255);
  });
});
