import { describe, expect, it } from 'vitest';
import { sameBytes, scattered, soilKernelMemory } from '../testing/kernel-pictures.ts';
import { expand, expansionTable } from './expand.ts';

describe('expand', () => {
  it.each([1, 2, 3, 4, 8])('replaces each byte by the %i that the table has', (sizeBytes) => {
    const table = expansionTable(sizeBytes, (value, place) => (value * 5 + place * 31) & 255);
    for (const length of [1, 15, 16, 333, 600_000]) {
      const data = scattered(length);
      const expected = new Uint8Array(length * sizeBytes).map(
        (_, at) => (data[Math.floor(at / sizeBytes)]! * 5 + (at % sizeBytes) * 31) & 255,
      );
      soilKernelMemory();

      expect(sameBytes(expand(data, table, sizeBytes), expected)).toBe(true);
    }
  });
});
