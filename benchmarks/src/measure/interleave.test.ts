import { describe, expect, it } from 'vitest';
import { anyBlock } from '../testing/any-block.ts';
import { eachRound, interleave } from './interleave.ts';

describe('interleave', () => {
  it('runs one block of each a round, and turns the order', async () => {
    const order: string[] = [];
    await interleave(['a', 'b', 'c'], 3, async (name) => {
      order.push(name);
      return anyBlock({});
    });
    expect(order.join('')).toBe('abcbcacab');
  });

  it('goes on without the one that failed, and tells what it said', async () => {
    let blocks = 0;
    const { rounds, failures } = await interleave(['good', 'bad'], 3, async (name) => {
      if (name === 'bad' && ++blocks === 2) throw new Error('Expected 200, got 500.');
      return anyBlock({});
    });
    expect(failures).toEqual(new Map([['bad', 'Expected 200, got 500.']]));
    expect(rounds.map((round) => [...round.keys()].sort())).toEqual([['bad', 'good'], ['good'], ['good']]);
  });

  it('compares within a round only', () => {
    const rounds = [
      new Map([
        ['a', anyBlock({ perSecond: 10 })],
        ['b', anyBlock({ perSecond: 5 })],
      ]),
      new Map([['a', anyBlock({ perSecond: 99 })]]),
    ];
    expect(eachRound(rounds, ['a', 'b'], (one, other) => one!.perSecond / other!.perSecond)).toEqual([2]);
  });
});
