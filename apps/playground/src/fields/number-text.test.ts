import { expect, it } from 'vitest';
import { numberOfText, numbersOfText } from './number-text.ts';
import { stepNumber } from './step-number.ts';

it('takes decimal numbers as people write them, and nothing else', () => {
  expect(['-5.5', '.28', '+1', ' 1.5e1 ', '7.'].map(numberOfText)).toEqual([-5.5, 0.28, 1, 15, 7]);
  expect(['', '-', '.', '1e', '13,5', '0x10', '1e999', 'Infinity', 'abc'].map(numberOfText)).toEqual(
    Array(9).fill(undefined),
  );
});

it('takes a pasted row apart, whatever stands between its numbers', () => {
  expect(numbersOfText('14.23,1.71, 2.43\t15.6;-1\n')).toEqual([14.23, 1.71, 2.43, 15.6, -1]);
  expect(numbersOfText('14.23')).toBeUndefined();
  expect(numbersOfText('1,x')).toBeUndefined();
});

it('steps by the arrows within the range, without stray digits', () => {
  const field = { type: 'number', min: 0, max: 1 } as const;

  expect(stepNumber(field, '0.06', 1)).toBe('0.07');
  expect(stepNumber(field, '0.995', 1)).toBe('1');
  expect(stepNumber({ type: 'number', min: 25, max: 65 }, '', 1)).toBe('25');
  expect(stepNumber({ type: 'number' }, '1.5', -2)).toBe('-0.5');
});
