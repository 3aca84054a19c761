import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { soilKernelMemory } from '../testing/kernel-pictures.ts';
import { contentBox } from './content-box.ts';
import type { Picture } from './picture.ts';

/** A dark picture with light pixels at some places. */
function dots(width: number, height: number, places: readonly number[], ink = 200): Picture {
  const data = new Uint8Array(width * height).fill(63);
  for (const place of places) data[place % data.length] = ink;
  return { width, height, channels: 1, data };
}

function plainBox({ width, data }: Picture, threshold: number): ReturnType<typeof contentBox> {
  const places = [...data.keys()].filter((place) => data[place]! >= threshold);
  if (places.length === 0) return undefined;
  const columns = places.map((place) => place % width);
  const rows = places.map((place) => Math.floor(place / width));
  const [left, top] = [Math.min(...columns), Math.min(...rows)];
  return { left, top, width: Math.max(...columns) - left + 1, height: Math.max(...rows) - top + 1 };
}

describe('contentBox', () => {
  it('is the smallest box of all pixels at or above the threshold', () => {
    const side = fc.integer({ min: 1, max: 50 });
    const level = fc.integer({ min: 0, max: 255 });
    const places = fc.array(fc.nat(), { maxLength: 4 });
    const drawing = fc.record({ width: side, height: side, places, ink: level });

    fc.assert(
      fc.property(drawing, level, ({ width, height, places: inked, ink }, threshold) => {
        const picture = dots(width, height, inked, ink);
        soilKernelMemory();

        expect(contentBox(picture, threshold)).toEqual(plainBox(picture, threshold));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('is found where the picture passes in strips', () => {
    const [width, height] = [1700, 5200];
    const at = (x: number, y: number): number => y * width + x;

    expect(contentBox(dots(width, height, [at(900, 40), at(31, 2600), at(1650, 5100)]), 64)).toEqual({
      left: 31,
      top: 40,
      width: 1620,
      height: 5061,
    });
    expect(contentBox(dots(width, height, [at(5, 5199)]), 64)).toEqual({ left: 5, top: 5199, width: 1, height: 1 });
    expect(contentBox(dots(width, height, []), 64)).toBeUndefined();
  });

  it('is found where a single row is too long for the kernel', () => {
    const width = 5_000_000;

    expect(contentBox(dots(width, 2, [7, 4_999_990, width + 3]), 64)).toEqual({
      left: 3,
      top: 0,
      width: 4_999_988,
      height: 2,
    });
  });
});
