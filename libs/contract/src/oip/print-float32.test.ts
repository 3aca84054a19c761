import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printFloat32 } from './print-float32.ts';
import { writeFloat32s } from './write-float32s.ts';

const view = new DataView(new ArrayBuffer(4));
const floatOf = (bits: number): number => {
  view.setUint32(0, bits);
  return view.getFloat32(0);
};
const anyFloat32 = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(floatOf);
/** Of everyday size: what models answer. */
const everyday = fc
  .tuple(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.integer({ min: 0, max: 15 }))
  .map(([digits, decimals]) => Math.fround(digits / 10 ** decimals));

const written = (values: readonly number[]): string =>
  writeFloat32s(Float32Array.from(values))
    .map((block) => new TextDecoder().decode(block))
    .join('');

/** Digits that count. */
const digits = (text: string): number =>
  text
    .replace(/e.*/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '').length;

describe('a float32 in text', () => {
  it.each([
    [0.15528205037117004, '0.15528205'],
    [0.1, '0.1'],
    [1 / 3, '0.33333334'],
    [16777216, '16777216'],
    [9999999, '9999999'],
    [123456.789, '123456.79'],
    [1e-7, '1e-7'],
    [1.17549435e-38, '1.1754944e-38'],
    [1e-45, '1e-45'],
    [3.4028234663852886e38, '3.4028235e+38'],
    [-0, '-0'],
    [0, '0'],
    [NaN, 'NaN'],
  ])('%f is %s', (value, text) => {
    expect(printFloat32(Math.fround(value))).toBe(text);
  });

  it('reads back as the same bits', () => {
    fc.assert(
      fc.property(fc.oneof(anyFloat32, everyday), (value) => {
        expect(Math.fround(Number(printFloat32(value)))).toBe(value);
      }),
      { seed: 11, numRuns: 20_000 },
    );
  });

  it('has no more digits than the number rounded to the fewest that read back', () => {
    fc.assert(
      fc.property(fc.oneof(anyFloat32, everyday), (value) => {
        const fewest = [1, 2, 3, 4, 5, 6, 7, 8, 9].find(
          (count) => Math.fround(Number(value.toPrecision(count))) === value,
        );

        expect(digits(printFloat32(value))).toBeLessThanOrEqual(fewest ?? 9);
      }),
      { seed: 12, numRuns: 5000 },
    );
  });

  it('is the same among others, with null for what JSON lacks', () => {
    const expected = (value: number): string => (Number.isFinite(value) ? String(Number(printFloat32(value))) : 'null');

    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyFloat32, everyday, fc.constantFrom(NaN, Infinity, 1, 0.5)), { maxLength: 50 }),
        (values) => {
          const texts = values.length === 0 ? [] : written(values).split(',');

          expect(texts.map((text) => (text === 'null' ? text : String(Number(text))))).toEqual(values.map(expected));
          JSON.parse(`[${texts.join()}]`);
        },
      ),
      { seed: 13, numRuns: 1000 },
    );
  });

  it('is written in blocks with a comma between them', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => index / 8);

    expect(JSON.parse(`[${written(values)}]`)).toEqual(values);
  });
});
