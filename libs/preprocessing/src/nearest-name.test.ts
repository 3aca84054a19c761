import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

describe('nearestName', () => {
  it.each([
    ['Dreem', 'Dream'],
    ['biscoe', 'Biscoe'],
    ['Torgerson', 'Torgersen'],
    ['Anvers', undefined],
    ['x'.repeat(100_000), undefined],
  ])('guesses for %s', (name, expected) => {
    expect(nearestName(name, ['Biscoe', 'Dream', 'Torgersen'])).toBe(expected);
  });
});
