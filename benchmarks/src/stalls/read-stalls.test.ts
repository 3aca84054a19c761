import { describe, expect, it } from 'vitest';
import { longestBetween, stallsOver, type Stalls } from './read-stalls.ts';

const stalls = (upTo10: number, upTo50: number, all: number): Stalls =>
  new Map([
    ['0.01', upTo10],
    ['0.05', upTo50],
    ['+Inf', all],
  ]);

describe('stalls', () => {
  it('are counted over a bound', () => {
    expect(stallsOver(stalls(90, 97, 100), '0.05')).toBe(3);
  });

  it('are as long as the first bound that none of them went over', () => {
    const before = stalls(90, 97, 100);

    expect(longestBetween(before, stalls(95, 102, 105))).toBe(10);
    expect(longestBetween(before, stalls(95, 103, 106))).toBe(50);
    expect(longestBetween(before, stalls(95, 103, 107))).toBe(Infinity);
  });
});
