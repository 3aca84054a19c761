import { describe, expect, it } from 'vitest';
import { readPillowFixtures, noise, sha256 } from '../testing/pillow-fixtures.ts';
import { flatten } from './flatten.ts';
import { toMode } from './to-mode.ts';

const { composites, grey } = readPillowFixtures(13);

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
