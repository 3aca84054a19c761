import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeValue, quoteText } from './describe-value.ts';
import { tensor } from './tensor.ts';

describe('describeValue', () => {
  it.each([
    ['abc', '"abc" (string)'],
    ['a"b\\', '"a\\"b\\\\" (string)'],
    [null, 'null'],
    [undefined, 'nothing'],
    [1.5, '1.5'],
    [-0, '-0'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity, not a number that fits'],
    [true, 'true (boolean)'],
    [12n, '12'],
    [[1, 2, 3], 'array of 3'],
    [{ a: 1 }, 'object with 1 field'],
    [new Uint8Array(4), '4 bytes'],
    [tensor('float32', [1, 2], new Float32Array(2)), 'tensor float32 [1, 2]'],
  ])('describes %s', (value, text) => {
    expect(describeValue(value)).toBe(text);
  });

  it('is short, on one line and printable, whatever the value is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary', maxLength: 200 })), (value) => {
        const text = describeValue(value);
        expect(text.length).toBeLessThanOrEqual(60 + ' (string)'.length);
        expect(text).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202e\u200b]/u);
      }),
      { seed: 8, numRuns: 1000 },
    );
  });

  it('looks at no more of a text than it shows', () => {
    expect(quoteText('x'.repeat(10_000_000))).toBe(`"${'x'.repeat(57)}…"`);
    expect(quoteText('x'.repeat(57))).toBe(`"${'x'.repeat(57)}"`);
    expect(quoteText('\n'.repeat(60))).toMatch(/^"(\\u\{a\})+…"$/);
  });
});
