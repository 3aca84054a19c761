/**
 * Coefficients → samples: the integers of libjpeg-turbo's `jsimd_idct_islow` (the "slow" one, of Loeffler, Ligtenberg and
 * Moschytz, with 13 bits of fraction), with all that wraps and saturates there.
 */
import { halfPass, pass } from './dct-pass';
import { highPairs, highWords, lowPairs, lowWords } from './lanes';
import { COEFFICIENTS, PASSED, QUANTISERS } from './places';

const PASS_1_BITS: i32 = 2;
const SHIFT_1: i32 = 11;
const SHIFT_2: i32 = 18;
/** So many first places of the zigzag lie in the upper left quarter. */
const QUARTER: i32 = 10;

/** The samples of `COEFFICIENTS`, of which those from `last` on in zigzag are zero; sets them all to zero. */
export function invertBlock(component: usize, last: i32, target: usize, stride: usize): void {
  const quantiser = QUANTISERS + (component << 7);
  if (last == 1) {
    fillBlock(quantiser, target, stride);
  } else if (last <= QUARTER) {
    invertQuarter(quantiser, target, stride);
  } else {
    invertWhole(quantiser, target, stride);
  }
}

/** DC alone: 64 times the same sample. */
function fillBlock(quantiser: usize, target: usize, stride: usize): void {
  const dc = <i32>load<i16>(COEFFICIENTS) * <i32>load<u16>(quantiser);
  store<i16>(COEFFICIENTS, 0);
  const level = (<i32>(<i16>(dc << PASS_1_BITS)) + 16) >> 5;
  const samples = i8x16.splat(<i8>(max(-128, min(127, level)) ^ 0x80));
  for (let y = 0; y < 8; y++, target += stride) v128.store64_lane(target, samples, 0);
}

function invertQuarter(quantiser: usize, target: usize, stride: usize): void {
  const row0 = v128.load(COEFFICIENTS);
  const row1 = v128.load(COEFFICIENTS, 16);
  const row2 = v128.load(COEFFICIENTS, 32);
  const row3 = v128.load(COEFFICIENTS, 48);
  const zero = i64x2.splat(0);
  v128.store(COEFFICIENTS, zero);
  v128.store(COEFFICIENTS, zero, 16);
  v128.store(COEFFICIENTS, zero, 32);
  v128.store(COEFFICIENTS, zero, 48);
  const top = i16x8.mul(row0, v128.load(quantiser));
  if (!v128.any_true(v128.or(v128.or(row1, row2), row3))) return invertRow(top, target, stride);
  const second = i16x8.mul(row1, v128.load(quantiser, 16));
  const third = i16x8.mul(row2, v128.load(quantiser, 32));
  halfPass(SHIFT_1, top, second, third, i16x8.mul(row3, v128.load(quantiser, 48)));
  invertPassed(true);
  storeBlock(target, stride);
}

function invertWhole(quantiser: usize, target: usize, stride: usize): void {
  const row0 = v128.load(COEFFICIENTS);
  const row1 = v128.load(COEFFICIENTS, 16);
  const row2 = v128.load(COEFFICIENTS, 32);
  const row3 = v128.load(COEFFICIENTS, 48);
  const row4 = v128.load(COEFFICIENTS, 64);
  const row5 = v128.load(COEFFICIENTS, 80);
  const row6 = v128.load(COEFFICIENTS, 96);
  const row7 = v128.load(COEFFICIENTS, 112);
  clearCoefficients();
  const top = i16x8.mul(row0, v128.load(quantiser));
  const upper = v128.or(v128.or(row1, row2), row3);
  const lower = v128.or(v128.or(row4, row5), v128.or(row6, row7));
  if (!v128.any_true(v128.or(upper, lower))) return invertRow(top, target, stride);
  pass(
    SHIFT_1,
    top,
    i16x8.mul(row1, v128.load(quantiser, 16)),
    i16x8.mul(row2, v128.load(quantiser, 32)),
    i16x8.mul(row3, v128.load(quantiser, 48)),
    i16x8.mul(row4, v128.load(quantiser, 64)),
    i16x8.mul(row5, v128.load(quantiser, 80)),
    i16x8.mul(row6, v128.load(quantiser, 96)),
    i16x8.mul(row7, v128.load(quantiser, 112)),
  );
  invertPassed(false);
  storeBlock(target, stride);
}

/** `memory.fill` would be a call out of the module. */
export function clearCoefficients(): void {
  const zero = i64x2.splat(0);
  for (let at = COEFFICIENTS; at < COEFFICIENTS + 128; at += 16) v128.store(at, zero);
}

/** The first row alone: its columns are constant, and libjpeg-turbo wraps where it else saturates. */
function invertRow(top: v128, target: usize, stride: usize): void {
  const row = i16x8.shl(top, PASS_1_BITS);
  pass(
    SHIFT_2,
    v128.shuffle<i16>(row, row, 0, 0, 0, 0, 0, 0, 0, 0),
    v128.shuffle<i16>(row, row, 1, 1, 1, 1, 1, 1, 1, 1),
    v128.shuffle<i16>(row, row, 2, 2, 2, 2, 2, 2, 2, 2),
    v128.shuffle<i16>(row, row, 3, 3, 3, 3, 3, 3, 3, 3),
    v128.shuffle<i16>(row, row, 4, 4, 4, 4, 4, 4, 4, 4),
    v128.shuffle<i16>(row, row, 5, 5, 5, 5, 5, 5, 5, 5),
    v128.shuffle<i16>(row, row, 6, 6, 6, 6, 6, 6, 6, 6),
    v128.shuffle<i16>(row, row, 7, 7, 7, 7, 7, 7, 7, 7),
  );
  storeBlock(target, stride);
}

/** The second pass, over the columns of the first one's result; the last four may all be zero. */
function invertPassed(isHalf: bool): void {
  const a = v128.load(PASSED);
  const b = v128.load(PASSED, 16);
  const c = v128.load(PASSED, 32);
  const d = v128.load(PASSED, 48);
  const e = v128.load(PASSED, 64);
  const f = v128.load(PASSED, 80);
  const g = v128.load(PASSED, 96);
  const h = v128.load(PASSED, 112);
  const top = lowWords(a, b);
  const upper = lowWords(c, d);
  const lower = lowWords(e, f);
  const bottom = lowWords(g, h);
  const top01 = lowPairs(top, upper);
  const top23 = highPairs(top, upper);
  const end01 = lowPairs(lower, bottom);
  const end23 = highPairs(lower, bottom);
  const in0 = v128.shuffle<i64>(top01, end01, 0, 2);
  const in1 = v128.shuffle<i64>(top01, end01, 1, 3);
  const in2 = v128.shuffle<i64>(top23, end23, 0, 2);
  const in3 = v128.shuffle<i64>(top23, end23, 1, 3);
  if (isHalf) return halfPass(SHIFT_2, in0, in1, in2, in3);
  const topRight = highWords(a, b);
  const upperRight = highWords(c, d);
  const lowerRight = highWords(e, f);
  const bottomRight = highWords(g, h);
  const top45 = lowPairs(topRight, upperRight);
  const top67 = highPairs(topRight, upperRight);
  const end45 = lowPairs(lowerRight, bottomRight);
  const end67 = highPairs(lowerRight, bottomRight);
  const in4 = v128.shuffle<i64>(top45, end45, 0, 2);
  const in5 = v128.shuffle<i64>(top45, end45, 1, 3);
  const in6 = v128.shuffle<i64>(top67, end67, 0, 2);
  pass(SHIFT_2, in0, in1, in2, in3, in4, in5, in6, v128.shuffle<i64>(top67, end67, 1, 3));
}

/** Columns of `PASSED` → rows of samples. */
function storeBlock(target: usize, stride: usize): void {
  const c04 = i8x16.narrow_i16x8_s(v128.load(PASSED), v128.load(PASSED, 64));
  const c15 = i8x16.narrow_i16x8_s(v128.load(PASSED, 16), v128.load(PASSED, 80));
  const c26 = i8x16.narrow_i16x8_s(v128.load(PASSED, 32), v128.load(PASSED, 96));
  const c37 = i8x16.narrow_i16x8_s(v128.load(PASSED, 48), v128.load(PASSED, 112));
  const c01 = v128.shuffle<i8>(c04, c15, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const c45 = v128.shuffle<i8>(c04, c15, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const c23 = v128.shuffle<i8>(c26, c37, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const c67 = v128.shuffle<i8>(c26, c37, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const left = lowWords(c01, c23);
  const leftEnd = highWords(c01, c23);
  const right = lowWords(c45, c67);
  const rightEnd = highWords(c45, c67);
  storeRows(lowPairs(left, right), target, stride);
  storeRows(highPairs(left, right), target + 2 * stride, stride);
  storeRows(lowPairs(leftEnd, rightEnd), target + 4 * stride, stride);
  storeRows(highPairs(leftEnd, rightEnd), target + 6 * stride, stride);
}

function storeRows(two: v128, target: usize, stride: usize): void {
  const samples = v128.xor(two, i8x16.splat(-128));
  v128.store64_lane(target, samples, 0);
  v128.store64_lane(target + stride, samples, 1);
}
