import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float16ToNumber, numberToFloat16 } from './float16.ts';

const allBits = Array.from({ length: 0x10000 }, (_, bits) => bits);
const isNotANumber = (bits: number) => (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;

describe('float16', () => {
  it('decodes every pattern as the engine of the language does', () => {
    const expected = new Float16Array(Uint16Array.from(allBits).buffer);

    const wrong = allBits.filter((bits) => !Object.is(float16ToNumber(bits), expected[bits]));

    expect(wrong).toEqual([]);
  });

  it('encodes every decoded pattern to the same bits, NaN to the quiet one', () => {
    const wrong = allBits.filter(
      (bits) => numberToFloat16(float16ToNumber(bits)) !== (isNotANumber(bits) ? 0x7e00 : bits),
    );

    expect(wrong).toEqual([]);
  });

  it('rounds ties to the even neighbour, and what lies beside a tie to the nearer one', () => {
    // Neighbours of one sign up to the step to infinity, whose tie is 65520.
    const wrong = allBits.slice(0, 0x7c00).filter((bits) => {
      const low = float16ToNumber(bits);
      const high = bits === 0x7bff ? 65536 : float16ToNumber(bits + 1);
      const tie = (low + high) / 2;
      const even = bits % 2 === 0 ? bits : bits + 1;
      const justBelow = tie * (1 - 2 ** -50);
      const justAbove = tie * (1 + 2 ** -50);
      const got = [tie, justBelow, justAbove, -tie].map(numberToFloat16);
      return got.join() !== [even, bits, bits + 1, 0x8000 | even].join();
    });

    expect(wrong).toEqual([]);
  });

  it('agrees with the engine of the language for any number', () => {
    const one = new Float16Array(1);
    const bits = new Uint16Array(one.buffer);

    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.double({ min: -70000, max: 70000 })), (value) => {
        one[0] = value;
        return numberToFloat16(value) === bits[0];
      }),
      { seed: 4, numRuns: 5000 },
    );
  });

  it('keeps the sign of zero and the infinities', () => {
    expect([-0, 1e-30, -1e-30, 65519.99, 65520, -1e300, Infinity].map(numberToFloat16)).toEqual([
      0x8000, 0, 0x8000, 0x7bff, 0x7c00, 0xfc00, 0x7c00,
    ]);
  });
});
