import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from './decimal.ts';

const read = (text: string): number | undefined => new Decimal(text).read(0);
const digits = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });
/** Far more than there would be by chance: what is read goes wrong where two doubles are nearly as close. */
const runs = { numRuns: 20_000, seed: 3 };

describe('Decimal', () => {
  it('reads what programs print to the double they meant', () => {
    const printed = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .chain((value) =>
        fc.constantFrom(
          String(value),
          String(Math.fround(value)),
          value.toExponential(),
          value.toPrecision(17),
          value.toPrecision(9),
          ...(Math.abs(value) < 1e21 ? [value.toFixed(17), value.toFixed(6)] : []),
        ),
      );
    fc.assert(
      fc.property(printed, (text) => {
        const value = read(text);
        if (value === undefined) expect(text).toMatch(/^-?\d{16,}$|Infinity/);
        else expect(value).toBe(Number(text));
      }),
      runs,
    );
  });

  it('reads any digits, wherever the point stands and whatever the exponent is', () => {
    const text = fc
      .tuple(
        fc.constantFrom('', '-'),
        fc.constantFrom('0', '7', '12345', '90071992547'),
        digits(1, 24),
        fc.integer({ min: -30, max: 30 }),
      )
      .map(([sign, whole, fraction, exponent]) => `${sign}${whole}.${fraction}e${exponent}`);
    fc.assert(
      fc.property(text, (number) => {
        expect(read(number)).toBe(Number(number));
      }),
      runs,
    );
  });

  it('is not deceived by what lies halfway between two doubles, or next to it', () => {
    const halfway = fc
      .tuple(
        fc.integer({ min: 1, max: 2 ** 26 }),
        fc.integer({ min: 0, max: 2 ** 26 }),
        fc.integer({ min: -1, max: 1 }),
        fc.integer({ min: 1, max: 17 }),
      )
      .map(([high, low, off, places]) => {
        // Whole numbers of 54 bits that are odd: halfway where they are divided by nothing but powers of two.
        const middle = (2n ** 53n + BigInt(high) * 2n ** 26n + BigInt(low)) * 2n + 1n;
        const text = String(middle + BigInt(off));
        return `${text.slice(0, -places)}.${text.slice(-places)}`.replace(/^\./, '0.');
      });
    fc.assert(
      fc.property(halfway, (number) => {
        expect(read(number)).toBe(Number(number));
      }),
      runs,
    );
    for (const number of [
      '9007199254740993.0',
      '9007199254740992.5',
      '9007199254740993.1',
      '0.500000000000000166533453694',
    ])
      expect(read(number)).toBe(Number(number));
  });

  it('keeps the sign of zero, and ends behind the number', () => {
    expect(Object.is(read('-0.0'), -0)).toBe(true);
    const decimal = new Decimal('[-12.5e-3,1]');
    expect([decimal.read(1), decimal.end]).toEqual([-0.0125, 9]);
    expect([decimal.read(10), decimal.end]).toEqual([1, 11]);
  });

  it.each(['', '-', '+1', '.5', '01', '-00.1', '1.', '1.e5', '1e', '1e+', 'NaN', 'Infinity', '１', '1234567890123456'])(
    'leaves %j to whom it may concern',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  it('takes a number up to where it ends, whatever follows', () => {
    for (const text of ['1x', '1.5.5', '1e5e5', '0x10', '1-2'])
      expect(read(text)).toBe(parseFloat(text.replace('0x10', '0')));
  });

  it('needs no time for exponents and digits without end', () => {
    expect(read(`1e${'9'.repeat(100_000)}`)).toBe(Infinity);
    expect(read(`0.${'0'.repeat(100_000)}1`)).toBe(0);
    expect(read(`1.${'3'.repeat(100_000)}`)).toBe(4 / 3);
  });
});
