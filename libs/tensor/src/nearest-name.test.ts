import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

const names = ['bill_length_mm', 'bill_depth_mm', 'island', 'sex', 'x'];

describe('nearestName', () => {
  it.each([
    ['bill_lenght_mm', 'bill_length_mm'],
    ['bill_length', 'bill_length_mm'],
    ['Island', 'island'],
    [' SEX ', 'sex'],
    ['sexx', 'sex'],
    ['esx', 'sex'],
    ['X', 'x'],
  ])('takes %j for %j', (name, meant) => {
    expect(nearestName(name, names)).toBe(meant);
  });

  it.each([['y'], ['colour'], ['bill'], [''], ['island'.repeat(20)]])('knows nothing near %j', (name) => {
    expect(nearestName(name, names)).toBeUndefined();
  });

  it('prefers the same but for case to an earlier near one', () => {
    expect(nearestName('ABCD', ['abce', 'abcd'])).toBe('abcd');
  });

  it('prefers the nearer', () => {
    expect(nearestName('kitten', ['sitting', 'mitten'])).toBe('mitten');
  });
});
