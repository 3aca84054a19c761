import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawing, noise, readPillowFixtures, sha256 } from '../testing/pillow-fixtures.ts';
import type { PillowFixtures } from '../testing/pillow-fixtures.ts';
import { resample } from './resample.ts';
import type { PillowVersion } from './resample.ts';
import type { FilterName } from './resampling-filter.ts';

const pictures = { noise, drawing };

function differences({ resizes }: PillowFixtures, like: PillowVersion): string[] {
  return resizes.flatMap(({ picture, channels, from, to, sha256: expected }) => {
    const source = pictures[picture](...from, channels);
    const filters = Object.keys(expected) as FilterName[];
    return filters
      .filter((filter) => {
        const resized = resample(source, { width: to[0], height: to[1], filter, like });
        return sha256(resized.data) !== expected[filter];
      })
      .map((filter) => `${picture} x${channels} ${from.join('x')} to ${to.join('x')} ${filter}`);
  });
}

describe('resample', () => {
  it('equals Pillow 13 bit for bit', () => {
    const fixtures = readPillowFixtures(13);

    expect(fixtures.resizes.length).toBeGreaterThan(80);
    expect(differences(fixtures, 'pillow-13')).toEqual([]);
  });

  it('equals Pillow 12 bit for bit', () => {
    expect(differences(readPillowFixtures(12), 'pillow-12')).toEqual([]);
  });

  it('differs between the two where they order the passes differently', () => {
    const { resizes, ...rest } = readPillowFixtures(12);
    const tall = resizes.filter(({ from: [width] }) => width === 60);

    expect(differences({ ...rest, resizes: tall }, 'pillow-13')).toContain('noise x1 60x90 to 59x30 bilinear');
  });

  it('gives the same picture for the same size', () => {
    const filters: FilterName[] = ['nearest', 'box', 'bilinear', 'hamming', 'bicubic', 'lanczos'];
    const length = fc.integer({ min: 1, max: 40 });

    fc.assert(
      fc.property(length, length, fc.constantFrom(...filters), (width, height, filter) => {
        const picture = noise(width, height, 3);

        expect(resample(picture, { width, height, filter, like: 'pillow-13' }).data).toEqual(picture.data);
      }),
      { seed: 1 },
    );
  });

  it('keeps a flat picture flat', () => {
    const length = fc.integer({ min: 1, max: 60 });

    fc.assert(
      fc.property(fc.tuple(length, length, length, length), fc.nat(255), ([w, h, width, height], grey) => {
        const flat = { width: w, height: h, channels: 1, data: new Uint8Array(w * h).fill(grey) } as const;

        const resized = resample(flat, { width, height, filter: 'lanczos', like: 'pillow-13' });

        expect(new Set(resized.data)).toEqual(new Set([grey]));
      }),
      { seed: 1 },
    );
  });
});
