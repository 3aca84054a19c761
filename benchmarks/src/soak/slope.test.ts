import { describe, expect, it } from 'vitest';
import { slopeOf } from './slope.ts';

const minutes = 27;
const samples = (value: (minute: number) => number) =>
  Array.from({ length: minutes }, (_, minute) => ({ minute, value: value(minute) }));
const line = (slope: number) => samples((minute) => 100 + slope * minute);
/** Climbs by 12 a minute and falls back every 8, as a heap does. */
const saw = (slope: number) => samples((minute) => 340 + 12 * (minute % 8) + slope * minute);

describe('slopeOf', () => {
  it('is that of a line, whatever a few samples say', () => {
    const odd = line(2).map((sample) => (sample.minute === 7 ? { ...sample, value: 10_000 } : sample));

    expect(slopeOf(line(2)).perMinute).toBeCloseTo(2);
    expect(slopeOf(line(2)).atLeast).toBeCloseTo(2);
    expect(slopeOf(odd).perMinute).toBeCloseTo(2);
  });

  it('is certain of a leak and not of a saw', () => {
    expect(slopeOf(saw(0)).atLeast).toBeLessThan(0.5);
    expect(slopeOf(saw(4)).atLeast).toBeGreaterThan(0.5);
  });

  it('is nothing for what stays, and where there is nothing to compare', () => {
    expect(slopeOf(line(0))).toEqual({ perMinute: 0, atLeast: 0 });
    expect(slopeOf([{ minute: 1, value: 5 }])).toEqual({ perMinute: 0, atLeast: 0 });
  });
});
