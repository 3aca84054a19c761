import { checkRows } from '@web-single/signature';
import type { InputField, Signature } from '@web-single/signature';
import { describe, expect, it } from 'vitest';
import { madeUpRows } from './made-up-rows.ts';

function signatureOf(input: Readonly<Record<string, InputField>>): Signature {
  return { input, output: { y: { type: 'number' } } };
}

const everyKind = signatureOf({
  mass: { type: 'number', optional: true },
  count: { type: 'number', integer: true, dtype: 'int64' },
  island: { type: 'category', values: ['Biscoe', 'Dream', 3] },
  wild: { type: 'boolean' },
  text: { type: 'text' },
  picture: { type: 'tensor', dtype: 'float32', dims: [1, 4, 4] },
  ids: { type: 'tensor', dtype: 'int64', dims: ['length'] },
  mask: { type: 'tensor', dtype: 'bool', dims: ['length'] },
  words: { type: 'tensor', dtype: 'string', dims: [2] },
});

describe('madeUpRows', () => {
  it('fits every kind of field that a graph can have', () => {
    const checks = checkRows(everyKind, madeUpRows(everyKind, 40));

    expect(checks.flatMap((check) => ('problems' in check ? check.problems : []))).toEqual([]);
  });

  it('is the same at every run, and different from row to row', () => {
    const rows = madeUpRows(everyKind, 20);

    expect(madeUpRows(everyKind, 20)).toEqual(rows);
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(20);
  });

  it('leaves an optional value out now and then, and has every category', () => {
    const rows = madeUpRows(everyKind, 20);

    expect(rows.filter(({ mass }) => mass === null)).toHaveLength(4);
    expect(new Set(rows.map(({ island }) => island))).toEqual(new Set(['Biscoe', 'Dream', 3]));
  });

  it('gives open sizes that stand for each other the same length, and several lengths', () => {
    const lengths = madeUpRows(everyKind, 6).map(({ ids, mask }) => [(ids as []).length, (mask as []).length]);

    expect(lengths.every(([ids, mask]) => ids === mask)).toBe(true);
    expect(new Set(lengths.map(([ids]) => ids)).size).toBe(6);
  });
});
