import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float16Bits } from './float16-bits.ts';

/** Node's own, which the library of types does not know yet. */
const Float16Array = (globalThis as unknown as { Float16Array: new (values: number[]) => { buffer: ArrayBuffer } })
  .Float16Array;
const bitsOf = (value: number): number => new Uint16Array(new Float16Array([value]).buffer)[0]!;

describe('float16Bits', () => {
  it.each([
    0,
    -0,
    1,
    -2.5,
    65504,
    65519.99,
    65520,
    Infinity,
    -Infinity,
    NaN,
    2 ** -14,
    2 ** -24,
    2 ** -25,
    3 * 2 ** -26,
    2049,
    2051,
  ])('is what the language itself has for %s', (value) => expect(float16Bits(value)).toBe(bitsOf(value)));

  it('is so for every number', () => {
    const numbers = fc.oneof(
      fc.double(),
      fc.float(),
      fc.double({ min: -1, max: 1 }),
      fc.integer({ min: -70000, max: 70000 }),
    );
    const property = fc.property(numbers, (value) => {
      expect(float16Bits(value)).toBe(bitsOf(value));
    });
    fc.assert(property, { numRuns: 2000 });
  });
});
