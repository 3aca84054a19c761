/** Exact: 10^22 is the last that a double holds. */
export const powersOf10 = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const maxDigits = 9;

/**
 * The shortest decimal that is this float32 again, `0.1` for 0.10000000149011612; `NaN`, `Infinity` and `-0` as such.
 * An integer divided by a power of ten is the double nearest to that decimal, so that `String` prints just its digits.
 */
export function printFloat32(value: number): string {
  const size = Math.abs(value);
  if (!(size >= 1e-12 && size < 1e7)) return printRare(value);
  const scale = powersOf10[countDecimals(size)]!;
  const text = String(Math.round(size * scale) / scale);
  return value < 0 ? `-${text}` : text;
}

/**
 * Decimals of the shortest decimal that is the float32 `size` again, for 1e-12 ≤ size < 1e7. Begins at eight digits: enough
 * for most numbers that were computed, from where those that were written down are not far.
 */
export function countDecimals(size: number): number {
  if (Number.isInteger(size)) return 0;
  let decimals = 8;
  if (size >= 1) while (decimals > 1 && size >= powersOf10[9 - decimals]!) decimals -= 1;
  else while (size * powersOf10[decimals - 7]! < 1) decimals += 1;
  if (size >= 1) decimals -= 1;
  if (!isExact(size, decimals)) {
    do decimals += 1;
    while (!isExact(size, decimals));
    return decimals;
  }
  while (isExact(size, decimals - 1)) decimals -= 1;
  return decimals;
}

function isExact(size: number, decimals: number): boolean {
  const scale = powersOf10[decimals]!;
  return Math.fround(Math.round(size * scale) / scale) === size;
}

/** Very small and large ones, zeros, and what is no finite number. */
function printRare(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  for (let digits = 1; digits < maxDigits; digits += 1) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return String(rounded);
  }
  return String(Number(value.toPrecision(maxDigits)));
}
