/**
 * Coefficients → samples: the integers of libjpeg-turbo's `jsimd_idct_islow` (the "slow" one, of Loeffler, Ligtenberg and
 * Moschytz, with 13 bits of fraction), with all that wraps and saturates there.
 */
import { COEFFICIENTS, PASSED, QUANTISERS } from './places';

const PASS_1_BITS: i32 = 2;
const SHIFT_1: i32 = 11;
const SHIFT_2: i32 = 18;

/** The samples of `COEFFICIENTS`, of which those from `last` on in zigzag are zero; sets them all to zero. */
export function invertBlock(component: usize, last: i32, target: usize, stride: usize): void {
  const quantiser = QUANTISERS + (component << 7);
  if (last == 1) return fillBlock(quantiser, target, stride);
  const row0 = i16x8.mul(v128.load(COEFFICIENTS), v128.load(quantiser));
  const raw1 = v128.load(COEFFICIENTS, 16);
  const raw2 = v128.load(COEFFICIENTS, 32);
  const raw3 = v128.load(COEFFICIENTS, 48);
  const raw4 = v128.load(COEFFICIENTS, 64);
  const raw5 = v128.load(COEFFICIENTS, 80);
  const raw6 = v128.load(COEFFICIENTS, 96);
  const raw7 = v128.load(COEFFICIENTS, 112);
  clearCoefficients();
  const below = v128.or(v128.or(v128.or(raw1, raw2), v128.or(raw3, raw4)), v128.or(v128.or(raw5, raw6), raw7));
  if (!v128.any_true(below)) return storeColumns(row0, target, stride);
  pass(
    SHIFT_1,
    row0,
    i16x8.mul(raw1, v128.load(quantiser, 16)),
    i16x8.mul(raw2, v128.load(quantiser, 32)),
    i16x8.mul(raw3, v128.load(quantiser, 48)),
    i16x8.mul(raw4, v128.load(quantiser, 64)),
    i16x8.mul(raw5, v128.load(quantiser, 80)),
    i16x8.mul(raw6, v128.load(quantiser, 96)),
    i16x8.mul(raw7, v128.load(quantiser, 112)),
  );
  transposedPass();
  storeBlock(target, stride);
}

/** `memory.fill` would be a call out of the module. */
export function clearCoefficients(): void {
  const zero = i64x2.splat(0);
  v128.store(COEFFICIENTS, zero);
  v128.store(COEFFICIENTS, zero, 16);
  v128.store(COEFFICIENTS, zero, 32);
  v128.store(COEFFICIENTS, zero, 48);
  v128.store(COEFFICIENTS, zero, 64);
  v128.store(COEFFICIENTS, zero, 80);
  v128.store(COEFFICIENTS, zero, 96);
  v128.store(COEFFICIENTS, zero, 112);
}

/** DC alone: 64 times the same sample. */
function fillBlock(quantiser: usize, target: usize, stride: usize): void {
  const dc = <i32>load<i16>(COEFFICIENTS) * <i32>load<u16>(quantiser);
  store<i16>(COEFFICIENTS, 0);
  const level = (<i32>(<i16>(dc << PASS_1_BITS)) + 16) >> 5;
  const samples = i8x16.splat(<i8>(max(-128, min(127, level)) ^ 0x80));
  for (let y = 0; y < 8; y++, target += stride) v128.store64_lane(target, samples, 0);
}

/** The first row alone: its columns are constant, and libjpeg-turbo wraps where it else saturates. */
function storeColumns(row0: v128, target: usize, stride: usize): void {
  const row = i16x8.shl(row0, PASS_1_BITS);
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

/** The second pass, over the columns of the first one's result. */
function transposedPass(): void {
  const a = v128.load(PASSED);
  const b = v128.load(PASSED, 16);
  const c = v128.load(PASSED, 32);
  const d = v128.load(PASSED, 48);
  const e = v128.load(PASSED, 64);
  const f = v128.load(PASSED, 80);
  const g = v128.load(PASSED, 96);
  const h = v128.load(PASSED, 112);
  const ab = lowWords(a, b);
  const cd = lowWords(c, d);
  const ef = lowWords(e, f);
  const gh = lowWords(g, h);
  const abHigh = highWords(a, b);
  const cdHigh = highWords(c, d);
  const efHigh = highWords(e, f);
  const ghHigh = highWords(g, h);
  const top01 = lowPairs(ab, cd);
  const top23 = highPairs(ab, cd);
  const top45 = lowPairs(abHigh, cdHigh);
  const top67 = highPairs(abHigh, cdHigh);
  const end01 = lowPairs(ef, gh);
  const end23 = highPairs(ef, gh);
  const end45 = lowPairs(efHigh, ghHigh);
  const end67 = highPairs(efHigh, ghHigh);
  pass(
    SHIFT_2,
    v128.shuffle<i64>(top01, end01, 0, 2),
    v128.shuffle<i64>(top01, end01, 1, 3),
    v128.shuffle<i64>(top23, end23, 0, 2),
    v128.shuffle<i64>(top23, end23, 1, 3),
    v128.shuffle<i64>(top45, end45, 0, 2),
    v128.shuffle<i64>(top45, end45, 1, 3),
    v128.shuffle<i64>(top67, end67, 0, 2),
    v128.shuffle<i64>(top67, end67, 1, 3),
  );
}

/** Eight transforms of one dimension side by side, down the columns; into `PASSED`. */
function pass(
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
  const even26Low = lowWords(in2, in6);
  const even26High = highWords(in2, in6);
  const z3 = i16x8.add(in7, in3);
  const z4 = i16x8.add(in5, in1);
  const z34Low = lowWords(z3, z4);
  const z34High = highWords(z3, z4);
  const odd71Low = lowWords(in7, in1);
  const odd71High = highWords(in7, in1);
  const odd53Low = lowWords(in5, in3);
  const odd53High = highWords(in5, in3);
  const sum = i16x8.add(in0, in4);
  const difference = i16x8.sub(in0, in4);
  const half = i32x4.splat(1 << (shift - 1));

  const tmp0Low = i32x4.add(wide(i32x4.extend_low_i16x8_s(sum)), half);
  const tmp0High = i32x4.add(wide(i32x4.extend_high_i16x8_s(sum)), half);
  const tmp1Low = i32x4.add(wide(i32x4.extend_low_i16x8_s(difference)), half);
  const tmp1High = i32x4.add(wide(i32x4.extend_high_i16x8_s(difference)), half);
  const tmp3Low = i32x4.dot_i16x8_s(even26Low, pairs(10703, 4433));
  const tmp3High = i32x4.dot_i16x8_s(even26High, pairs(10703, 4433));
  const tmp2Low = i32x4.dot_i16x8_s(even26Low, pairs(4433, -10704));
  const tmp2High = i32x4.dot_i16x8_s(even26High, pairs(4433, -10704));

  const z3Low = i32x4.dot_i16x8_s(z34Low, pairs(-6436, 9633));
  const z3High = i32x4.dot_i16x8_s(z34High, pairs(-6436, 9633));
  const z4Low = i32x4.dot_i16x8_s(z34Low, pairs(9633, 6437));
  const z4High = i32x4.dot_i16x8_s(z34High, pairs(9633, 6437));

  storePair(
    0,
    7,
    shift,
    i32x4.add(tmp0Low, tmp3Low),
    i32x4.add(tmp0High, tmp3High),
    i32x4.add(i32x4.dot_i16x8_s(odd71Low, pairs(-7373, 4926)), z4Low),
    i32x4.add(i32x4.dot_i16x8_s(odd71High, pairs(-7373, 4926)), z4High),
  );
  storePair(
    1,
    6,
    shift,
    i32x4.add(tmp1Low, tmp2Low),
    i32x4.add(tmp1High, tmp2High),
    i32x4.add(i32x4.dot_i16x8_s(odd53Low, pairs(-20995, 4177)), z3Low),
    i32x4.add(i32x4.dot_i16x8_s(odd53High, pairs(-20995, 4177)), z3High),
  );
  storePair(
    2,
    5,
    shift,
    i32x4.sub(tmp1Low, tmp2Low),
    i32x4.sub(tmp1High, tmp2High),
    i32x4.add(i32x4.dot_i16x8_s(odd53Low, pairs(-4176, -20995)), z4Low),
    i32x4.add(i32x4.dot_i16x8_s(odd53High, pairs(-4176, -20995)), z4High),
  );
  storePair(
    3,
    4,
    shift,
    i32x4.sub(tmp0Low, tmp3Low),
    i32x4.sub(tmp0High, tmp3High),
    i32x4.add(i32x4.dot_i16x8_s(odd71Low, pairs(-4927, -7373)), z3Low),
    i32x4.add(i32x4.dot_i16x8_s(odd71High, pairs(-4927, -7373)), z3High),
  );
}

function storePair(upper: usize, lower: usize, shift: i32, even: v128, evenHigh: v128, odd: v128, oddHigh: v128): void {
  v128.store(
    PASSED + (upper << 4),
    i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(even, odd), shift), i32x4.shr_s(i32x4.add(evenHigh, oddHigh), shift)),
  );
  v128.store(
    PASSED + (lower << 4),
    i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.sub(even, odd), shift), i32x4.shr_s(i32x4.sub(evenHigh, oddHigh), shift)),
  );
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

function wide(levels: v128): v128 {
  return i32x4.shl(levels, 13);
}

function pairs(first: i32, second: i32): v128 {
  return i32x4.splat((second << 16) | (first & 0xffff));
}

export function lowWords(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

export function highWords(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

function lowPairs(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 4, 1, 5);
}

function highPairs(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 2, 6, 3, 7);
}
