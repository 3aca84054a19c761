import { describe, expect, it } from 'vitest';
import { plainGrey, sameBytes, scattered, soilKernelMemory } from '../testing/kernel-pictures.ts';
import { toMode } from './to-mode.ts';

const colours = 256 ** 3;

describe('toMode', () => {
  it('makes every colour grey by the same integers', () => {
    for (let red = 0; red < 256; red += 15) {
      const data = new Uint8Array((3 * colours) / 256);
      for (let pixel = 0; pixel < data.length / 3; pixel++) data.set([red, pixel >> 8, pixel & 255], pixel * 3);
      soilKernelMemory();

      const grey = toMode({ width: 256, height: 256, channels: 3, data }, 'grey');

      expect(sameBytes(grey.data, plainGrey(data))).toBe(true);
    }
  });

  it.each([1, 2, 3, 5, 1_200_001])('makes a row of %i pixels grey, and grey RGB', (width) => {
    const rgb = scattered(width * 3);
    const grey = scattered(width);
    soilKernelMemory();

    expect(toMode({ width, height: 1, channels: 3, data: rgb }, 'grey')).toMatchObject({
      width,
      height: 1,
      channels: 1,
    });
    expect(sameBytes(toMode({ width, height: 1, channels: 3, data: rgb }, 'grey').data, plainGrey(rgb))).toBe(true);
    const thrice = new Uint8Array(width * 3).map((_, at) => grey[Math.floor(at / 3)]!);
    expect(sameBytes(toMode({ width, height: 1, channels: 1, data: grey }, 'rgb').data, thrice)).toBe(true);
  });

  it('leaves a picture that has the mode', () => {
    const data = scattered(12);

    expect(toMode({ width: 4, height: 1, channels: 3, data }, 'rgb').data).toBe(data);
    expect(toMode({ width: 12, height: 1, channels: 1, data }, 'grey').data).toBe(data);
  });
});
