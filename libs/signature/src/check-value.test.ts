import { tensor } from '@web-single/tensor';
import { describe, expect, it } from 'vitest';
import type { InputField } from './field.ts';
import { checkedRow, fieldOnly, problemsOf } from './testing/check-one.ts';

const check = (field: InputField, x: unknown) => problemsOf(fieldOnly(field), { x })[0];
const accepts = (field: InputField, x: unknown) => checkedRow(fieldOnly(field), { x })?.['x'];

describe('number', () => {
  it.each<[InputField, unknown]>([
    [{ type: 'number' }, '2'],
    [{ type: 'number' }, true],
    [{ type: 'number' }, [2]],
    [{ type: 'number' }, 2n],
    [{ type: 'number' }, NaN],
    [{ type: 'number', min: 0 }, -0.001],
    [{ type: 'number', max: 10 }, 10.001],
    [{ type: 'number', integer: true }, 1.5],
    [{ type: 'number', integer: true }, 2 ** 53],
    [{ type: 'number', dtype: 'uint8' }, 300],
    [{ type: 'number', dtype: 'uint8', max: 1000 }, 300],
    [{ type: 'number', dtype: 'uint8', max: 100 }, 101],
    [{ type: 'number', dtype: 'int32' }, 0.5],
    [{ type: 'number', dtype: 'float32' }, 3.5e38],
    [{ type: 'number', dtype: 'float16' }, 70000],
    [{ type: 'number', dtype: 'int64' }, 2 ** 53],
    [{ type: 'number', dtype: 'uint64' }, -1n],
  ])('%j refuses %s', (field, value) => {
    expect(check(field, value)).toBeDefined();
  });

  it('says that 1e999 is not a number that fits', () => {
    expect(check({ type: 'number' }, JSON.parse('1e999'))).toMatchObject({ got: 'Infinity, not a number that fits' });
  });

  it('says where JSON lost digits', () => {
    expect(check({ type: 'number', integer: true }, 2 ** 53)?.hint).toContain('digits were already lost');
  });

  it('takes the bounds themselves', () => {
    expect(accepts({ type: 'number', min: 25, max: 65 }, 25)).toBe(25);
    expect(accepts({ type: 'number', min: 25, max: 65 }, 65)).toBe(65);
    expect(accepts({ type: 'number', dtype: 'uint8' }, 255)).toBe(255);
    expect(accepts({ type: 'number', dtype: 'int64' }, 2n ** 63n - 1n)).toBe(2n ** 63n - 1n);
    expect(accepts({ type: 'number', dtype: 'float32' }, 0.1)).toBe(0.1);
  });

  it.each<[InputField, string]>([
    [{ type: 'number' }, 'number'],
    [{ type: 'number', dtype: 'float32', unit: 'kg' }, 'number that fits float32 (kg)'],
    [{ type: 'number', min: 0, unit: '°C' }, 'number of at least 0 (°C)'],
    [{ type: 'number', max: 1 }, 'number of at most 1'],
    [{ type: 'number', dtype: 'int8', min: 0 }, 'integer from 0 to 127'],
    [{ type: 'number', dtype: 'int64' }, 'a whole number (64-bit)'],
    [{ type: 'number', dtype: 'int64', max: 9, unit: 's' }, 'integer of at most 9 (s)'],
    [{ type: 'number', dtype: 'uint64' }, 'integer of at least 0'],
    [{ type: 'tensor', dtype: 'int64', dims: [] }, 'whole number (int64)'],
    [{ type: 'tensor', dtype: 'uint64', dims: [] }, 'whole number of at least 0 (uint64)'],
  ])('%j expects "%s"', (field, expected) => {
    expect(check(field, 'x')?.expected).toBe(expected);
  });
});

describe('boolean', () => {
  it('takes true and false only', () => {
    expect(accepts({ type: 'boolean' }, false)).toBe(false);
    for (const other of [0, 1, 'true', '', []]) expect(check({ type: 'boolean' }, other)).toBeDefined();
  });
});

describe('category', () => {
  const field: InputField = { type: 'category', values: [2, 'two', 'Biscoe', true] };

  it('tells values of different types apart', () => {
    expect(accepts(field, 2)).toBe(2);
    expect(accepts(field, true)).toBe(true);
    expect(check(field, '2')).toMatchObject({ got: '"2" (string)', hint: 'Did you mean 2?' });
    expect(check(field, 'true')?.hint).toBe('Did you mean true?');
  });

  it.each([['biscoe'], [' Biscoe '], ['Bisco'], ['Biscoee']])('guesses what %j was meant to be', (value) => {
    expect(check(field, value)?.hint).toBe('Did you mean "Biscoe"?');
  });

  it('does not guess from afar', () => {
    expect(check(field, 'Torgersen')).not.toHaveProperty('hint');
    expect(check(field, ['Biscoe'])).not.toHaveProperty('hint');
  });

  it('lists at most twenty values', () => {
    const values = Array.from({ length: 30_000 }, (_, index) => `v${index}`);

    expect(check({ type: 'category', values }, 'x')?.expected).toMatch(/^one of "v0", .*"v19" and 29980 more$/);
  });
});

describe('text', () => {
  it('keeps every character', () => {
    const text = ' Grüße \n\u{1f427} \u202e ';

    expect(accepts({ type: 'text' }, text)).toBe(text);
    expect(accepts({ type: 'text' }, '')).toBe('');
  });

  it('refuses what the model would not get as it was sent', () => {
    expect(check({ type: 'text' }, 'a\0b')?.hint).toContain('NUL');
    expect(check({ type: 'text' }, 'a\udc00')?.hint).toContain('surrogate');
    expect(check({ type: 'text' }, 3)?.expected).toBe('string');
  });

  it('counts its length in UTF-16 code units', () => {
    expect(accepts({ type: 'text', maxLength: 2 }, '\u{1f427}')).toBe('\u{1f427}');
    expect(check({ type: 'text', maxLength: 1 }, '\u{1f427}')?.hint).toBe('It has 2 characters.');
  });
});

describe('tensor', () => {
  const field: InputField = { type: 'tensor', dtype: 'float32', dims: ['n', 'n', 2] };
  const ofShape = (shape: readonly number[], length: number) => tensor('float32', shape, new Float32Array(length));

  it('becomes a tensor without the batch dimension', () => {
    expect(accepts(field, [[[1, 2]]])).toEqual(tensor('float32', [1, 1, 2], new Float32Array([1, 2])));
    expect(accepts({ type: 'tensor', dtype: 'int64', dims: [] }, 3)).toEqual(
      tensor('int64', [], new BigInt64Array([3n])),
    );
  });

  it('names the place of a problem', () => {
    expect(check(field, [[[1, null]]])).toMatchObject({
      field: 'x[0][0][1]',
      expected: 'finite number (float32)',
      got: 'null',
    });
  });

  it('takes a tensor that a binary codec decoded, if it is the right one', () => {
    const right = ofShape([3, 3, 2], 18);

    expect(accepts(field, right)).toBe(right);
    expect(check(field, ofShape([3, 2, 2], 12))).toMatchObject({ got: 'tensor float32 [3, 2, 2]' });
    expect(check(field, ofShape([1, 1, 3], 3))).toBeDefined();
    expect(check(field, ofShape([2], 2))).toBeDefined();
    expect(check(field, tensor('int32', [1, 1, 2], new Int32Array(2)))).toBeDefined();
  });

  it('takes no string tensor that JSON spelled', () => {
    const forged: unknown = JSON.parse('{"dtype":"string","shape":[1],"data":["a"]}');

    expect(check({ type: 'tensor', dtype: 'string', dims: [1] }, forged)).toBeDefined();
  });
});
