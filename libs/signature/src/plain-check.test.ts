import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkValue } from './check-value.ts';
import type { InputField } from './field.ts';
import { plainCheckOf } from './plain-check.ts';

const fields = fc.oneof(
  fc.record(
    {
      type: fc.constant('number' as const),
      integer: fc.boolean(),
      min: fc.integer({ min: -10, max: 5 }),
      max: fc.integer({ min: 0, max: 100_000 }),
      dtype: fc.constantFrom('float16', 'float32', 'float64', 'int8', 'uint8', 'int32', 'int64', 'uint64'),
    },
    { requiredKeys: ['type'] },
  ),
  fc.constant({ type: 'boolean' as const }),
  fc.record({
    type: fc.constant('category' as const),
    values: fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { minLength: 1 }),
  }),
  fc.record({ type: fc.constant('text' as const), maxLength: fc.nat({ max: 5 }) }, { requiredKeys: ['type'] }),
) as fc.Arbitrary<InputField>;

const edges = [
  NaN,
  Infinity,
  -Infinity,
  2 ** 53,
  2 ** 53 - 1,
  -(2 ** 53),
  3.5e38,
  65_520,
  1e308,
  -0,
  10n,
  '\0',
  '\ud800',
];

describe('plainCheckOf', () => {
  it('takes nothing that the full check refuses or changes', () => {
    const values = fc.oneof(fc.anything(), fc.double(), fc.integer(), fc.string(), fc.constantFrom(...edges));

    fc.assert(
      fc.property(fields, values, (field, value) => {
        if (plainCheckOf(field)?.(value) !== true) return;
        expect(checkValue(field, value, () => undefined)).toEqual({ value });
      }),
      { seed: 1, numRuns: 20_000 },
    );
  });

  it.each<[InputField, unknown]>([
    [{ type: 'number' }, 1.5],
    [{ type: 'number', min: 1, max: 2, dtype: 'float32' }, 2],
    [{ type: 'number', integer: true, dtype: 'int64' }, 2 ** 53 - 1],
    [{ type: 'number', dtype: 'uint8' }, 255],
    [{ type: 'category', values: ['a', 3] }, 3],
    [{ type: 'boolean' }, false],
    [{ type: 'text' }, 'naïve'],
  ])('takes what most callers send: %j %j', (field, value) => {
    expect(plainCheckOf(field)?.(value)).toBe(true);
  });

  it.each<InputField>([{ type: 'image' }, { type: 'tensor', dtype: 'float32', dims: [] }])(
    'leaves what is decoded to the full check: $type',
    (field) => {
      expect(plainCheckOf(field)).toBeUndefined();
    },
  );
});
