import { rangeOf } from './tensor-shape.ts';

const WIDEST_SLOT = 48;

export interface Bar {
  /** In units of the plot, from its left and its top. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface BarsScale {
  /** Null where the number is not finite. */
  readonly bars: readonly (Bar | null)[];
  /** Where zero is, from the top. */
  readonly zeroY: number;
}

/** Bars from zero, up and down, that fill a plot of the size. */
export function barsScale(numbers: readonly (number | null)[], plot: { width: number; height: number }): BarsScale {
  const { min, max } = rangeOf(numbers);
  const low = Math.min(0, min);
  const high = Math.max(0, max);
  const span = high - low || 1;
  // Scaled before they are subtracted: the span of two huge numbers would be infinite.
  const yOf = (number: number) =>
    Number.isFinite(span)
      ? ((high - number) / span) * plot.height
      : ((high / 2 - number / 2) / (high / 2 - low / 2)) * plot.height;
  const zeroY = yOf(0);
  const slot = Math.min(WIDEST_SLOT, plot.width / numbers.length);
  const gap = slot > 6 ? slot * 0.2 : 0;
  const bars = numbers.map((number, index) => {
    if (number === null) return null;
    const y = yOf(number);
    return { x: index * slot + gap / 2, y: Math.min(y, zeroY), width: slot - gap, height: Math.abs(y - zeroY) };
  });
  return { bars, zeroY };
}
