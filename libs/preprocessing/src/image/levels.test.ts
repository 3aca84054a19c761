import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { soilKernelMemory } from '../testing/kernel-pictures.ts';
import { darkestAndLightest } from './levels.ts';

describe('darkestAndLightest', () => {
  it('finds both wherever they are', () => {
    const picture = fc.record({ length: fc.integer({ min: 2, max: 70 }), dark: fc.nat(), light: fc.nat() });

    fc.assert(
      fc.property(picture, ({ length, dark, light }) => {
        const data = new Uint8Array(length).fill(128);
        data[dark % length] = 3;
        data[(dark + 1 + (light % (length - 1))) % length] = 250;
        soilKernelMemory();

        expect(darkestAndLightest(data)).toEqual([3, 250]);
      }),
      { seed: 1, numRuns: 600 },
    );
  });

  it.each([0, 4_999_999])('finds both in a picture that passes in strips, at %i', (place) => {
    const data = new Uint8Array(5_000_000).fill(100);
    data[place] = 3;
    data[data.length - 1 - place] = 201;

    expect(darkestAndLightest(data)).toEqual([3, 201]);
  });

  it('finds none in nothing', () => {
    expect(darkestAndLightest(new Uint8Array())).toEqual([255, 0]);
  });
});
