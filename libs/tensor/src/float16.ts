const float64View = new DataView(new ArrayBuffer(8));

/** Bits of the float16 nearest to `value`, ties to even; from 65520 on infinity, NaN → 0x7e00. IEEE 754-2008 binary16. */
export function numberToFloat16(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  // Below 2^-14 the step is 2^-24; rounding up to 1024 steps gives the bits of the smallest normal number by itself.
  if (magnitude < 2 ** -14) return sign | roundHalfToEven(magnitude * 2 ** 24);
  float64View.setFloat64(0, magnitude);
  const exponent = (float64View.getUint16(0) >>> 4) - 1023;
  // 1024 to 2048; a significand rounded up to 2048 carries into the exponent by the addition.
  const significand = roundHalfToEven(magnitude * 2 ** (10 - exponent));
  return sign | (((exponent + 15) << 10) + significand - 1024);
}

/** Value of float16 bits, 0 to 0xffff; exact. */
export function float16ToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** For 0 ≤ value < 2^51: float64 has no digits behind the point at 2^52, so the addition itself rounds ties to even. */
function roundHalfToEven(value: number): number {
  return value + 2 ** 52 - 2 ** 52;
}
