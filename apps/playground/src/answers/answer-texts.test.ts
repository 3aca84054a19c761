import { describe, expect, it } from 'vitest';
import { answerSentence } from './answer-sentence.ts';
import { formatMs, formatNumber, formatPercent } from './format-number.ts';
import { phasesOf } from './phases.ts';

describe('numbers of an answer', () => {
  it('have six digits at most, and powers of ten where they are very large or small', () => {
    expect([1 / 3, 1234567, 1e-7, -2.5e12, 0.0001, 0].map(formatNumber)).toEqual([
      '0.333333',
      '1234567',
      '1.000e-7',
      '-2500000000000',
      '0.0001',
      '0',
    ]);
    expect(formatNumber(null)).toBe('not a number');
  });

  it('are never called certain or impossible where they are not', () => {
    expect([0.97783, 0.99999, 1, 0.00001, 0].map(formatPercent)).toEqual([
      '97.8 %',
      '> 99.9 %',
      '100.0 %',
      '< 0.1 %',
      '0.0 %',
    ]);
  });

  it('of time are as precise as they are small', () => {
    expect([0.123, 12.34, 1234.5].map(formatMs)).toEqual(['0.12 ms', '12.3 ms', '1235 ms']);
  });
});

it('says an answer in a sentence, without scores and tensors', () => {
  const outputs = {
    label: { type: 'category', values: ['a'] },
    p: { type: 'scores', of: 'label' },
    price: { type: 'number', unit: 'EUR' },
    is_fair: { type: 'boolean' },
  } as const;

  expect(answerSentence(outputs, { label: 'a', p: { a: 1 }, price: 2.5, is_fair: false })).toBe(
    'a, 2.5 EUR, Is fair: no',
  );
  expect(answerSentence(outputs, {})).toBe('');
});

it('divides the round trip into phases that add up to it', () => {
  const timing = { queueMs: 1, preprocessMs: 2, inferMs: 3, postprocessMs: 0.5, totalMs: 8 };

  const phases = phasesOf(timing, 20);

  expect(phases.map(({ ms }) => ms)).toEqual([1, 2, 3, 0.5, 1.5, 12]);
  expect(phases.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10);
});
