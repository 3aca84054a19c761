import { describe, expect, it } from 'vitest';
import { anyBlock } from '../testing/any-block.ts';
import { figureOf, interval, quietRounds, ratioOf } from './figures.ts';

const roundOf = (a: number, b: number, stolenShare = 0) =>
  new Map([
    ['a', anyBlock({ perSecond: a, stolenShare })],
    ['b', anyBlock({ perSecond: b })],
  ]);

describe('quietRounds', () => {
  it('leaves out the rounds in which the host took time away', () => {
    const rounds = [roundOf(1, 1), roundOf(2, 1, 0.5), roundOf(3, 1), roundOf(4, 1)];
    expect(quietRounds(rounds)).toEqual([rounds[0], rounds[2], rounds[3]]);
  });

  it('keeps all where too few would be left', () => {
    const rounds = [roundOf(1, 1), roundOf(2, 1, 0.5), roundOf(3, 1)];
    expect(quietRounds(rounds)).toEqual(rounds);
  });
});

describe('ratioOf', () => {
  it('is the median of the ratios of each round, whatever the machine did between rounds', () => {
    const { median, low, high } = ratioOf([roundOf(10, 5), roundOf(100, 50), roundOf(1, 0.5)], 'a', 'b');
    expect([median, low, high]).toEqual([2, 2, 2]);
  });
});

describe('interval', () => {
  it('is a dash where nothing was measured', () => {
    expect(
      interval(
        figureOf([], 'a', ({ perSecond }) => perSecond),
        0,
      ),
    ).toBe('–');
  });
});
