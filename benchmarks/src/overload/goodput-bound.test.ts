import { describe, expect, it } from 'vitest';
import { goodputBound } from './goodput-bound.ts';

describe('goodputBound', () => {
  it('takes the CPU of the refusals off that of the answers', () => {
    expect(goodputBound(3, 100, 2000)).toBeCloseTo(0.9);
    expect(goodputBound(10, 100, 2000)).toBeCloseTo(0.55);
  });

  it('is what is offered below the peak, and never below 0', () => {
    expect(goodputBound(0.5, 100, 2000)).toBe(0.5);
    expect(goodputBound(100, 100, 2000)).toBe(0);
  });

  it('is not known where a refusal could not be measured', () => {
    expect(goodputBound(3, NaN, 2000)).toBeNaN();
  });
});
