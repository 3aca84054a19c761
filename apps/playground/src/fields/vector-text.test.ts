import { expect, it } from 'vitest';
import { textOfVector, vectorOf, wrongElements } from './vector-text.ts';

it('shows the numbers of the text, and empty boxes for the rest', () => {
  expect(vectorOf('[1,"2",3.5]', 4)).toEqual([1, null, 3.5, null]);
  expect(vectorOf('no JSON', 2)).toEqual([null, null]);
  expect(vectorOf('{"0":1}', 1)).toEqual([null]);
});

it('is an array again, with null for what is missing', () => {
  expect(textOfVector([1, undefined, -0.5])).toBe('[1,null,-0.5]');
});

it('tells which elements are wrong; without a place all of them are', () => {
  expect(wrongElements(['[1]: Expected a number, got null.'], 3)).toEqual([false, true, false]);
  expect(wrongElements(['Expected 3 numbers, got 2.'], 3)).toEqual([true, true, true]);
  expect(wrongElements([], 2)).toEqual([false, false]);
});
