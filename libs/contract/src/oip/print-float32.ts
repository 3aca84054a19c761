const powersOf10 = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const maxDigits = 9;

/**
 * The shortest decimal that is this float32 again, `0.1` for 0.10000000149011612; `NaN`, `Infinity` and `-0` as such.
 * An integer divided by a power of ten is the double nearest to that decimal, so that `String` prints just its digits.
 */
export function printFloat32(value: number): string {
  const size = Math.abs(value);
  if (!(size >= 1e-12 && size < 1e7)) return printRare(value);
  if (Number.isInteger(value)) return String(value);
  // Eight digits: enough for most numbers that were computed, from where those that were written down are not far.
  let decimals = Math.max(1, 7 - Math.floor(Math.log10(size)));
  let rounded = roundTo(value, decimals);
  while (Math.fround(rounded) !== value) rounded = roundTo(value, (decimals += 1));
  for (;;) {
    const shorter = roundTo(value, decimals - 1);
    if (Math.fround(shorter) !== value) return String(rounded);
    rounded = shorter;
    decimals -= 1;
  }
}

function roundTo(value: number, decimals: number): number {
  const scale = powersOf10[decimals]!;
  return Math.round(value * scale) / scale;
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
