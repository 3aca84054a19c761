import { describe, expect, it } from 'vitest';
import { readPillowFixtures, noise, sha256 } from '../testing/pillow-fixtures.ts';
import { sameBytes, scattered, soilKernelMemory } from '../testing/kernel-pictures.ts';
import { flatten } from './flatten.ts';
import { toMode } from './to-mode.ts';

const { composites, grey } = readPillowFixtures(13);

/**
 * Pillow's integers: both weights have 7 fraction bits and add up to 255 << 7; over an opaque background its division for the
 * first is exact. v + (v >> 8) >> 8 is v / 255 for the range at hand.
 */
function plainlyFlat(data: Uint8Array, channels: 2 | 4, background: number): Uint8Array {
  const colours = channels - 1;
  return new Uint8Array((data.length / channels) * colours).map((_, at) => {
    const pixel = Math.floor(at / colours) * channels;
    const [colour, alpha] = [data[pixel + (at % colours)]!, data[pixel + colours]!];
    const sum = colour * (alpha << 7) + background * ((255 - alpha) << 7) + (0x80 << 7);
    return (((sum >>> 8) + sum) >>> 8) >>> 7;
  });
}

describe('flatten', () => {
  it.each(composites)(
    'lays every level with every alpha on $background as Pillow does',
    ({ background, sha256: expected }) => {
      const pixels = Uint8Array.from({ length: 256 * 256 * 4 }, (_, index) => {
        const [level, alpha] = [(index >> 2) & 255, index >> 10];
        return [level, 255 - level, level ^ alpha, alpha][index & 3]!;
      });

      const flat = flatten({ width: 256, height: 256, channels: 4, data: pixels }, background);

      expect(flat.channels).toBe(3);
      expect(sha256(flat.data)).toBe(expected);
    },
  );

  it.each([2, 4] as const)('lays every level of %i channels with every alpha on any background', (channels) => {
    for (const background of [0, 1, 127, 128, 254, 255]) {
      const data = new Uint8Array(256 * 256 * channels).map((_, at) => {
        const pixel = Math.floor(at / channels);
        return at % channels === channels - 1 ? pixel >> 8 : (pixel + (at % channels) * 85) & 255;
      });
      soilKernelMemory();

      const flat = flatten({ width: 256, height: 256, channels, data }, background);

      expect(sameBytes(flat.data, plainlyFlat(data, channels, background))).toBe(true);
    }
  });

  it.each([1, 3, 7, 9, 1_300_001])('lays %i pixels on a background', (width) => {
    for (const channels of [2, 4] as const) {
      const data = scattered(width * channels);

      const flat = flatten({ width, height: 1, channels, data }, 200);

      expect(flat).toMatchObject({ width, height: 1, channels: channels - 1 });
      expect(sameBytes(flat.data, plainlyFlat(data, channels, 200))).toBe(true);
    }
  });

  it('leaves an opaque picture alone', () => {
    const picture = noise(4, 4, 3);

    expect(flatten(picture, 0)).toBe(picture);
  });
});

describe('toMode', () => {
  it('makes RGB grey as Pillow does', () => {
    expect(sha256(toMode(noise(64, 64, 3), 'grey').data)).toBe(grey);
  });

  it('gives every level of grey back after a way through RGB', () => {
    const levels = {
      width: 256,
      height: 1,
      channels: 1,
      data: Uint8Array.from({ length: 256 }, (_, level) => level),
    } as const;

    expect(toMode(toMode(levels, 'rgb'), 'grey').data).toEqual(levels.data);
  });
});
