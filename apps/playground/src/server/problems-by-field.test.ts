import { expect, it } from 'vitest';
import { fieldOf, problemsByField } from './problems-by-field.ts';

it('gives a problem to the longest field its path begins with', () => {
  const names = ['a', 'a.b', 'pixels'];

  expect(fieldOf('pixels[3][1]', names)).toBe('pixels');
  expect(fieldOf('a.b.base64', names)).toBe('a.b');
  expect(fieldOf('ab', names)).toBeUndefined();
});

it('says what was expected, what came, where in the field, and the hint', () => {
  const details = [
    { row: 0, field: 'size', expected: 'number', got: '"3"', hint: 'Send it without quotes.' },
    { row: 0, field: 'size', expected: 'number from 1', got: '0' },
    { row: 0, field: 'pixels[3]', expected: 'a number', got: 'null' },
    { row: 0, field: '', expected: 'an object', got: '7' },
  ];

  expect(problemsByField(details, ['size', 'pixels'])).toEqual({
    size: ['Expected number, got "3". Send it without quotes.', 'Expected number from 1, got 0.'],
    pixels: ['[3]: Expected a number, got null.'],
    '': ['Expected an object, got 7.'],
  });
});
