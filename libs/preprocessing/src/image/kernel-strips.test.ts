import { describe, expect, it } from 'vitest';
import { sameBytes, scattered, soilKernelMemory } from '../testing/kernel-pictures.ts';
import { kernelMemoryBytes } from './kernel-memory.ts';
import { mapStrips, unitsAtOnce } from './kernel-strips.ts';
import { pixelKernel } from './pixel-kernel.ts';

describe('mapStrips', () => {
  it.each([
    { read: 1, written: 1 },
    { read: 3, written: 1 },
    { read: 1, written: 8 },
    { read: 1000, written: 999 },
  ])('passes every unit of $read bytes once, in order, whatever the memory can hold at once', (unitBytes) => {
    const { read, written } = unitBytes;
    const { memory } = pixelKernel();
    for (const units of [0, 1, 7, unitsAtOnce(unitBytes), 2 * unitsAtOnce(unitBytes) + 3]) {
      const samples = scattered(units * read);
      const lastBytes = new Uint8Array(units * written).map(
        (_, at) => samples[Math.floor(at / written + 1) * read - 1]!,
      );
      soilKernelMemory();

      const mapped = mapStrips(memory, samples, unitBytes, (source, count, target) => {
        expect(target).toBeGreaterThanOrEqual(source + count * read + 16);
        expect(target + count * written + 16).toBeLessThanOrEqual(kernelMemoryBytes);
        for (let at = 0; at < count * written; at++) {
          memory[target + at] = memory[source + Math.floor(at / written + 1) * read - 1]!;
        }
      });

      expect(sameBytes(mapped, lastBytes)).toBe(true);
    }
  });

  it('gives memory that the kernel does not write again', () => {
    const { memory } = pixelKernel();
    const mapped = mapStrips(memory, Uint8Array.of(1, 2), { read: 1, written: 1 }, (_, units, target) =>
      memory.fill(9, target, target + units),
    );

    soilKernelMemory();

    expect(mapped).toEqual(Uint8Array.of(9, 9));
  });
});
