import { describe, expect, it } from 'vitest';
import { backOffMs } from './back-off.ts';

describe('backOffMs', () => {
  it('starts short, grows to seconds at the fourth death and to 30 s at most', () => {
    expect([1, 2, 3, 4, 5, 6, 60].map((deaths) => backOffMs(deaths, 1))).toEqual([
      50, 200, 800, 3_200, 12_800, 30_000, 30_000,
    ]);
  });

  it('spreads its upper half by chance', () => {
    expect([backOffMs(2, 0), backOffMs(2, 0.5)]).toEqual([100, 150]);
  });
});
