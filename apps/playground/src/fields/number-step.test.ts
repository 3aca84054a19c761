import fc from 'fast-check';
import { expect, it } from 'vitest';
import { numberStep, rangeText } from './number-step.ts';

it('steps about a hundredth of the range, by a round number', () => {
  expect(numberStep({ type: 'number', min: 25, max: 65 })).toBe(0.2);
  expect(numberStep({ type: 'number', min: 1500, max: 9000 })).toBe(50);
  expect(numberStep({ type: 'number', min: 0, max: 1 })).toBe(0.01);
});

it('steps whole numbers by whole steps, and anything where there is no range', () => {
  expect(numberStep({ type: 'number', integer: true, min: 0, max: 9 })).toBe(1);
  expect(numberStep({ type: 'number', integer: true })).toBe(1);
  expect(numberStep({ type: 'number' })).toBe('any');
});

it('takes between fifty and two hundred and fifty steps through any range', () => {
  const bound = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(bound, bound, (min, max) => {
      fc.pre(max - min > 1e-3);
      const steps = (max - min) / Number(numberStep({ type: 'number', min, max }));
      expect(steps).toBeGreaterThanOrEqual(99);
      expect(steps).toBeLessThanOrEqual(251);
    }),
  );
});

it('says a range with its unit', () => {
  expect(rangeText({ type: 'number', min: 1, max: 2, unit: 'mm' })).toBe('1 to 2 mm');
  expect(rangeText({ type: 'number', min: 1, integer: true })).toBe('whole, at least 1');
  expect(rangeText({ type: 'number', max: 0 })).toBe('at most 0');
  expect(rangeText({ type: 'number' })).toBe('');
});
