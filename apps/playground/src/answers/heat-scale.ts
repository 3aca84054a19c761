import { rangeOf } from './tensor-shape.ts';

/** 0 to 1 for every number: its place in the range, or for signed numbers its magnitude, and its sign apart. */
export interface HeatScale {
  readonly min: number;
  readonly max: number;
  readonly isSigned: boolean;
  readonly strengthOf: (number: number) => number;
}

export function heatScale(numbers: readonly (number | null)[]): HeatScale {
  const { min, max } = rangeOf(numbers);
  const isSigned = min < 0 && max > 0;
  const largest = Math.max(Math.abs(min), Math.abs(max)) || 1;
  const span = max - min;
  const strengthOf = (number: number): number => {
    if (isSigned) return Math.abs(number) / largest;
    return span === 0 ? 1 : Math.min(1, (number - min) / span);
  };
  return { min, max, isSigned, strengthOf };
}
