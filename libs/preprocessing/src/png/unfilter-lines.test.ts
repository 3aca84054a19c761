import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernelMemoryBytes } from '../image/kernel-memory.ts';
import { sameBytes, scattered, soilKernelMemory } from '../testing/kernel-pictures.ts';
import { portableUnfilter } from './portable-unfilter.ts';
import { unfilterLines } from './unfilter-lines.ts';

/** Lines of filtered bytes, each with a filter. */
function filtered(lineBytes: number, filters: readonly number[]): Uint8Array {
  const lines = scattered(filters.length * (lineBytes + 1), lineBytes);
  for (const [y, filter] of filters.entries()) lines[y * (lineBytes + 1)] = filter;
  return lines;
}

describe('unfilterLines', () => {
  it('equals the one in JavaScript for any filters, width and number of channels', () => {
    const filters = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 });

    fc.assert(
      fc.property(filters, fc.integer({ min: 1, max: 40 }), fc.constantFrom(1, 2, 3, 4), (numbers, width, channels) => {
        const lines = filtered(width * channels, numbers);
        const expected = portableUnfilter(lines, width * channels, channels)!;
        soilKernelMemory();

        expect(sameBytes(unfilterLines(lines, width * channels, channels), expected)).toBe(true);
      }),
      { seed: 1, numRuns: 700 },
    );
  });

  it.each([1, 2, 3, 4])('equals it where a picture of %i channels passes in strips', (channels) => {
    const lineBytes = 600 * channels;
    const height = Math.ceil(kernelMemoryBytes / lineBytes);
    const lines = filtered(
      lineBytes,
      Array.from({ length: height }, (_, y) => 1 + (y % 4)),
    );
    soilKernelMemory();

    const expected = portableUnfilter(lines, lineBytes, channels)!;
    expect(sameBytes(unfilterLines(lines, lineBytes, channels), expected)).toBe(true);
  });

  it('equals it where a line is too long for its memory', () => {
    const lines = filtered(kernelMemoryBytes / 2, [1, 4]);

    const expected = portableUnfilter(lines, kernelMemoryBytes / 2, 1)!;
    expect(sameBytes(unfilterLines(lines, kernelMemoryBytes / 2, 1), expected)).toBe(true);
  });

  it('gives memory of its own where the lines lie in that of others', () => {
    const others = new Uint8Array(8192);
    others.set(filtered(9, [1, 2]), 100);

    const samples = unfilterLines(others.subarray(100, 120), 9, 3)!;

    expect(samples.buffer.byteLength).toBe(18);
    expect(sameBytes(samples, portableUnfilter(filtered(9, [1, 2]), 9, 3)!)).toBe(true);
  });

  it.each([
    ['first', [5, 0, 0]],
    ['last', [0, 4, 255]],
  ])('gives nothing where the %s line has no filter', (_, filters) => {
    expect(unfilterLines(filtered(9, filters), 9, 3)).toBeUndefined();
  });
});
