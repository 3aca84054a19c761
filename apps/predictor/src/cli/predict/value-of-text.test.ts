import { describe, expect, it } from 'vitest';
import type { InputField } from '@web-single/signature';
import { valueOfText } from './value-of-text.ts';

const number: InputField = { type: 'number', dtype: 'float32' };
const id: InputField = { type: 'number', integer: true, dtype: 'int64' };
const sex: InputField = { type: 'category', values: ['female', 'male'] };
const digit: InputField = { type: 'category', values: [0, 1, 2] };
const flag: InputField = { type: 'boolean' };
const vector: InputField = { type: 'tensor', dtype: 'float32', dims: [2] };

describe('valueOfText', () => {
  it.each<[string, InputField, string, unknown]>([
    ['a number', number, '39.1', 39.1],
    ['a number with spaces', number, ' -2e3 ', -2000],
    ['an empty number as missing', number, '', null],
    ['an integer beyond 2^53, exactly', id, '9007199254740993', 9007199254740993n],
    ['a category', sex, 'male', 'male'],
    ['a category of numbers', digit, '2', 2],
    ['an empty category as missing', sex, '', null],
    ["Python's True", flag, 'True', true],
    ['an array', vector, '[1,2.5]', [1, 2.5]],
    ['text as it is', { type: 'text' }, ' x ', ' x '],
    ['an empty text', { type: 'text' }, '', ''],
    ['an empty text that may be left out', { type: 'text', optional: true }, '', null],
  ])('reads %s', (_, field, text, value) => {
    expect(valueOfText(field, text)).toEqual(value);
  });

  it.each<[string, InputField | undefined, string]>([
    ['a number with a decimal comma', number, '39,1'],
    ['a hexadecimal number', number, '0x10'],
    ['a word', number, 'NA'],
    ['an unknown category', sex, 'Male'],
    ['a flag of another kind', flag, 'yes'],
    ['an array that is none', vector, '1,2'],
    ['a value of no field', undefined, '1'],
  ])('leaves %s as text, for the check to refuse', (_, field, text) => {
    expect(valueOfText(field, text)).toBe(text);
  });
});
