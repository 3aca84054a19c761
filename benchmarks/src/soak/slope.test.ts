import { describe, expect, it } from 'vitest';
import { slopePerMinute } from './slope.ts';

const line = (slope: number) => Array.from({ length: 20 }, (_, minute) => ({ minute, value: 100 + slope * minute }));

describe('slopePerMinute', () => {
  it('is that of a line, whatever a few samples say', () => {
    const odd = line(2).map((sample) => (sample.minute === 7 ? { ...sample, value: 10_000 } : sample));

    expect(slopePerMinute(line(2))).toBeCloseTo(2);
    expect(slopePerMinute(odd)).toBeCloseTo(2);
  });

  it('is nothing for what stays, and where there is nothing to compare', () => {
    expect(slopePerMinute(line(0))).toBe(0);
    expect(slopePerMinute([{ minute: 1, value: 5 }])).toBe(0);
  });
});
