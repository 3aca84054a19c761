import { describe, expect, it } from 'vitest';
import { scattered } from '../testing/kernel-pictures.ts';
import { orient } from './orient.ts';

/** Two rows of three pixels: abc, def. */
const letters = { width: 3, height: 2, channels: 1, data: new TextEncoder().encode('abcdef') } as const;

describe('orient', () => {
  it.each([
    [2, 'cba fed'],
    [3, 'fed cba'],
    [4, 'def abc'],
    [5, 'ad be cf'],
    [6, 'da eb fc'],
    [7, 'fc eb da'],
    [8, 'cf be ad'],
  ])('turns a picture of orientation %i upright', (orientation, expected) => {
    const { width, height, data } = orient(letters, orientation);

    const text = new TextDecoder().decode(data);
    const lines = Array.from({ length: height }, (_, y) => text.slice(y * width, (y + 1) * width));
    expect(lines.join(' ')).toBe(expected);
  });

  it.each([0, 1, 9, 274])('leaves a picture of orientation %i', (orientation) => {
    expect(orient(letters, orientation)).toBe(letters);
  });

  it.each([2, 3, 4, 5, 6, 7, 8])('turns RGB of orientation %i as each of its channels', (orientation) => {
    const [width, height] = [7, 5];
    const planes = [0, 1, 2].map((channel) => scattered(width * height, channel * 100));
    const interleave = ([red, green, blue]: Uint8Array[]): Uint8Array =>
      Uint8Array.from({ length: width * height * 3 }, (_, at) => [red!, green!, blue!][at % 3]![Math.floor(at / 3)]!);

    const upright = orient({ width, height, channels: 3, data: interleave(planes) }, orientation);

    const uprightPlanes = planes.map((data) => orient({ width, height, channels: 1, data }, orientation).data);
    expect(upright.data).toEqual(interleave(uprightPlanes));
    expect([upright.width, upright.height]).toEqual(orientation < 5 ? [7, 5] : [5, 7]);
  });

  it('keeps the channels of a pixel together', () => {
    const image = { width: 2, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) } as const;

    expect(orient(image, 2).data).toEqual(Uint8Array.of(4, 5, 6, 1, 2, 3));
  });
});
