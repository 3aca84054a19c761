import { overridePackage, readOverrides } from '@web-single/model-package';
import type { Signature } from '@web-single/signature';
import { describe, expect, it } from 'vitest';
import { examplesUnder } from './examples-under.ts';

const signature: Signature = {
  input: { x: { type: 'number' } },
  output: { label: { type: 'category', values: ['a', 'b'] }, p: { type: 'scores', of: 'label' } },
};
const cases = [
  { input: { x: 1 }, output: { label: 'a', p: { a: 0.9, b: 0.1 } } },
  { input: { x: 2 }, output: { label: 'a', p: { a: 0.5, b: 0.5 } } },
  { input: { x: 3 }, output: { label: 'b' } },
  { input: { x: 9 }, output: { label: 'a', p: { a: 0.9, b: 0.1 } } },
];

describe('examplesUnder', () => {
  it('gives the cases a caller can still send, with the answers it gets, and none that records no scores', () => {
    const rule = 'models: { m: { labels: { a: A }, minScore: 0.6, otherwise: unknown, input: { x: { max: 5 } } } }';
    const overrides = overridePackage(
      { name: 'm', version: '1', signature },
      readOverrides(new TextEncoder().encode(rule)),
    )!;

    expect(examplesUnder({ signature: overrides.signature, overrides }, cases)).toEqual([
      { input: { x: 1 }, output: { label: 'A', p: { A: 0.9, b: 0.1 } } },
      { input: { x: 2 }, output: { label: 'unknown', p: { A: 0.5, b: 0.5 } } },
    ]);
  });

  it('gives all cases as they are where there are no overrides', () => {
    expect(examplesUnder({ signature }, cases)).toEqual(cases);
  });
});
