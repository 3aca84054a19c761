import { describe, expect, it } from 'vitest';
import { sameBytes, scattered, soilKernelMemory } from '../testing/kernel-pictures.ts';
import { levelTable, lookUp } from './look-up.ts';

describe('lookUp', () => {
  it.each([1, 7, 8, 9, 500, 5_000_000])('replaces each of %i samples by what the table has', (length) => {
    const table = levelTable((level) => (level * 7 + 3) & 255);
    const data = scattered(length);
    soilKernelMemory();

    expect(
      sameBytes(
        lookUp(data, table),
        data.map((level) => table[level]!),
      ),
    ).toBe(true);
  });
});
