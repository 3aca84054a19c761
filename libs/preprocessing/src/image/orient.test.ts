import { describe, expect, it } from 'vitest';
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

  it('keeps the channels of a pixel together', () => {
    const image = { width: 2, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) } as const;

    expect(orient(image, 2).data).toEqual(Uint8Array.of(4, 5, 6, 1, 2, 3));
  });
});
