/** Veltkamp's constant for doubles: splits one into two halves of 26 bits. */
const SPLIT = 2 ** 27 + 1;

/**
 * `(first * scale + next) / divisor`, rounded once, to the nearest. `first` and `next` are integers below 10^9, `scale` is a power of ten
 * of at most 10^9, `next` below it, `divisor` one of at most 10^22.
 *
 * The mantissa is two doubles without error, and so is the remainder of its division (Dekker 1971, "A Floating-Point Technique for
 * Extending the Available Precision"): it is an integer of at most 52 bits in units of the quotient's last place. What is rounded
 * beforehand is the correction, by at most 2^-106 of the quotient. That matters next to a point halfway between two doubles only,
 * `N / 2^s` with an odd `N` of 54 bits, and whatever is not that point differs from it by at least `1 / (N * 5^22)` of itself, which is
 * more than 2^-105.1.
 */
export function quotientOf(first: number, scale: number, next: number, divisor: number): number {
  // Exact: 30 bits, and at most 21 of five to the power of nine.
  const product = first * scale;
  const high = product + next;
  const low = next - (high - product);
  const quotient = high / divisor;
  const back = quotient * divisor;
  const remainder = high - back - productError(quotient, divisor, back) + low;
  return quotient + remainder / divisor;
}

/** What `product` lacks of `a * b`, exactly. */
function productError(a: number, b: number, product: number): number {
  const aHigh = highHalf(a);
  const bHigh = highHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

function highHalf(value: number): number {
  const spread = SPLIT * value;
  return spread - (spread - value);
}
