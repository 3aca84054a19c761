/** Eight inverse transforms of one dimension side by side, down the columns: `in0` to `in7` are rows of int16. */
import { highWords, lowWords } from './lanes';
import { PASSED } from './places';

/**
 * Factors with 13 bits of fraction, for pairs of words. Loaded where they are used, since the engine would put each literal
 * together anew.
 */
const FACTORS: usize = memory.data<i16>([
  10703, 4433, 4433, -10704, -6436, 9633, 9633, 6437, -7373, 4926, -20995, 4177, -4176, -20995, -4927, -7373, 10703, 0,
  4433, 0, 11363, 9633, 9633, -2259, 6437, -11362, 2260, -6436,
]);
const EVEN_3: usize = 0;
const EVEN_2: usize = 1;
const Z3: usize = 2;
const Z4: usize = 3;
const ODD_3: usize = 4;
const ODD_2: usize = 5;
const ODD_1: usize = 6;
const ODD_0: usize = 7;
/** The same sums where rows 4 to 7 are zero. */
const HALF_EVEN_3: usize = 8;
const HALF_EVEN_2: usize = 9;
const HALF_ODD_3: usize = 10;
const HALF_ODD_2: usize = 11;
const HALF_ODD_1: usize = 12;
const HALF_ODD_0: usize = 13;

/** Writes the result, shifted and rounded, to `PASSED`. */
export function pass(
  shift: i32,
  in0: v128,
  in1: v128,
  in2: v128,
  in3: v128,
  in4: v128,
  in5: v128,
  in6: v128,
  in7: v128,
): void {
  const evenLow = lowWords(in2, in6);
  const evenHigh = highWords(in2, in6);
  const sum = i16x8.add(in0, in4);
  const difference = i16x8.sub(in0, in4);
  const half = i32x4.splat(1 << (shift - 1));
  const tmp0Low = i32x4.add(wide(i32x4.extend_low_i16x8_s(sum)), half);
  const tmp0High = i32x4.add(wide(i32x4.extend_high_i16x8_s(sum)), half);
  const tmp1Low = i32x4.add(wide(i32x4.extend_low_i16x8_s(difference)), half);
  const tmp1High = i32x4.add(wide(i32x4.extend_high_i16x8_s(difference)), half);
  const tmp3Low = dot(evenLow, EVEN_3);
  const tmp3High = dot(evenHigh, EVEN_3);
  const tmp2Low = dot(evenLow, EVEN_2);
  const tmp2High = dot(evenHigh, EVEN_2);

  const z3 = i16x8.add(in7, in3);
  const z4 = i16x8.add(in5, in1);
  const zLow = lowWords(z3, z4);
  const zHigh = highWords(z3, z4);
  const z3Low = dot(zLow, Z3);
  const z3High = dot(zHigh, Z3);
  const z4Low = dot(zLow, Z4);
  const z4High = dot(zHigh, Z4);
  const outerLow = lowWords(in7, in1);
  const outerHigh = highWords(in7, in1);
  const innerLow = lowWords(in5, in3);
  const innerHigh = highWords(in5, in3);

  const odd3Low = i32x4.add(dot(outerLow, ODD_3), z4Low);
  const odd3High = i32x4.add(dot(outerHigh, ODD_3), z4High);
  storePair(0, 7, shift, i32x4.add(tmp0Low, tmp3Low), i32x4.add(tmp0High, tmp3High), odd3Low, odd3High);
  const odd2Low = i32x4.add(dot(innerLow, ODD_2), z3Low);
  const odd2High = i32x4.add(dot(innerHigh, ODD_2), z3High);
  storePair(1, 6, shift, i32x4.add(tmp1Low, tmp2Low), i32x4.add(tmp1High, tmp2High), odd2Low, odd2High);
  const odd1Low = i32x4.add(dot(innerLow, ODD_1), z4Low);
  const odd1High = i32x4.add(dot(innerHigh, ODD_1), z4High);
  storePair(2, 5, shift, i32x4.sub(tmp1Low, tmp2Low), i32x4.sub(tmp1High, tmp2High), odd1Low, odd1High);
  const odd0Low = i32x4.add(dot(outerLow, ODD_0), z3Low);
  const odd0High = i32x4.add(dot(outerHigh, ODD_0), z3High);
  storePair(3, 4, shift, i32x4.sub(tmp0Low, tmp3Low), i32x4.sub(tmp0High, tmp3High), odd0Low, odd0High);
}

/** As `pass` where rows 4 to 7 are zero: the same sums, less of them. */
export function halfPass(shift: i32, in0: v128, in1: v128, in2: v128, in3: v128): void {
  const zero = i32x4.splat(0);
  const evenLow = lowWords(in2, zero);
  const evenHigh = highWords(in2, zero);
  const half = i32x4.splat(1 << (shift - 1));
  const dcLow = i32x4.add(wide(i32x4.extend_low_i16x8_s(in0)), half);
  const dcHigh = i32x4.add(wide(i32x4.extend_high_i16x8_s(in0)), half);
  const tmp3Low = dot(evenLow, HALF_EVEN_3);
  const tmp3High = dot(evenHigh, HALF_EVEN_3);
  const tmp2Low = dot(evenLow, HALF_EVEN_2);
  const tmp2High = dot(evenHigh, HALF_EVEN_2);
  const low = lowWords(in1, in3);
  const high = highWords(in1, in3);
  const odd3Low = dot(low, HALF_ODD_3);
  const odd3High = dot(high, HALF_ODD_3);
  storePair(0, 7, shift, i32x4.add(dcLow, tmp3Low), i32x4.add(dcHigh, tmp3High), odd3Low, odd3High);
  const odd2Low = dot(low, HALF_ODD_2);
  const odd2High = dot(high, HALF_ODD_2);
  storePair(1, 6, shift, i32x4.add(dcLow, tmp2Low), i32x4.add(dcHigh, tmp2High), odd2Low, odd2High);
  const odd1Low = dot(low, HALF_ODD_1);
  const odd1High = dot(high, HALF_ODD_1);
  storePair(2, 5, shift, i32x4.sub(dcLow, tmp2Low), i32x4.sub(dcHigh, tmp2High), odd1Low, odd1High);
  const odd0Low = dot(low, HALF_ODD_0);
  const odd0High = dot(high, HALF_ODD_0);
  storePair(3, 4, shift, i32x4.sub(dcLow, tmp3Low), i32x4.sub(dcHigh, tmp3High), odd0Low, odd0High);
}

/** The rows that are sum and difference of the same even and odd part. */
function storePair(upper: usize, lower: usize, shift: i32, even: v128, evenHigh: v128, odd: v128, oddHigh: v128): void {
  const sum = i32x4.shr_s(i32x4.add(even, odd), shift);
  const sumHigh = i32x4.shr_s(i32x4.add(evenHigh, oddHigh), shift);
  const difference = i32x4.shr_s(i32x4.sub(even, odd), shift);
  const differenceHigh = i32x4.shr_s(i32x4.sub(evenHigh, oddHigh), shift);
  v128.store(PASSED + (upper << 4), i16x8.narrow_i32x4_s(sum, sumHigh));
  v128.store(PASSED + (lower << 4), i16x8.narrow_i32x4_s(difference, differenceHigh));
}

function dot(words: v128, factors: usize): v128 {
  return i32x4.dot_i16x8_s(words, v128.load32_splat(FACTORS + (factors << 2)));
}

function wide(levels: v128): v128 {
  return i32x4.shl(levels, 13);
}
