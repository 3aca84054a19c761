import { describe, expect, it } from 'vitest';
import { sameBytes, scattered, soilKernelMemory } from '../testing/kernel-pictures.ts';
import { inverted } from './inverted.ts';

describe('inverted', () => {
  it.each([1, 15, 16, 17, 500, 5_000_000])('is 255 less each of %i samples', (length) => {
    const data = scattered(length);
    soilKernelMemory();

    expect(
      sameBytes(
        inverted(data),
        data.map((level) => 255 - level),
      ),
    ).toBe(true);
  });
});
