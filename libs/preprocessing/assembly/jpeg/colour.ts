/**
 * Rows of Y, Cb and Cr → a row of RGB, 16 pixels at a time, with the integers of libjpeg-turbo's upsampling (the "fancy" one:
 * a triangle filter) and colours. Up to 15 pixels behind the row are read, and written, besides. Chroma rows repeat their first
 * sample before it and their last one behind it.
 */
import { highWords, lowWords } from './lanes';

/** int16: loaded where they are used, since the engine would put each literal together anew. */
const FACTORS: usize = memory.data<i16>([13172, -7471, -11277, -23401]);
const OF_RED: usize = FACTORS;
const OF_BLUE: usize = FACTORS + 2;
const OF_GREEN: usize = FACTORS + 4;

/** One sample of Cb and Cr a pixel. */
export function convertFull(luma: usize, cb: usize, cr: usize, target: usize, width: i32): void {
  for (let x: usize = 0; x < <usize>width; x += 16, target += 48) {
    const cbs = v128.load(cb + x);
    const crs = v128.load(cr + x);
    storePixels(
      v128.load(luma + x),
      centred(i16x8.extend_low_i8x16_u(cbs)),
      centred(i16x8.extend_high_i8x16_u(cbs)),
      centred(i16x8.extend_low_i8x16_u(crs)),
      centred(i16x8.extend_high_i8x16_u(crs)),
      target,
    );
  }
}

/** One for two pixels side by side: three parts of its own sample, one of the nearest other. */
export function convertHalved(luma: usize, cb: usize, cr: usize, target: usize, width: i32): void {
  for (let x: usize = 0; x < <usize>width; x += 16, target += 48) {
    const at = x >> 1;
    const cbMiddle = threefold(v128.load8x8_u(cb + at));
    const crMiddle = threefold(v128.load8x8_u(cr + at));
    const cbEven = mixed(cbMiddle, v128.load8x8_u(cb + at - 1), 1, 2);
    const cbOdd = mixed(cbMiddle, v128.load8x8_u(cb + at + 1), 2, 2);
    const crEven = mixed(crMiddle, v128.load8x8_u(cr + at - 1), 1, 2);
    const crOdd = mixed(crMiddle, v128.load8x8_u(cr + at + 1), 2, 2);
    storePairs(luma + x, cbEven, cbOdd, crEven, crOdd, target);
  }
}

/** One for two by two pixels: in each direction three parts of its own, one of the nearest; `toNear` leads to that row. */
export function convertQuartered(luma: usize, cb: usize, cr: usize, toNear: isize, target: usize, width: i32): void {
  let cbBefore = columnSums(cb - 8, toNear);
  let crBefore = columnSums(cr - 8, toNear);
  let cbSums = columnSums(cb, toNear);
  let crSums = columnSums(cr, toNear);
  for (let x: usize = 0; x < <usize>width; x += 16, target += 48) {
    cb += 8;
    cr += 8;
    const cbAfter = columnSums(cb, toNear);
    const crAfter = columnSums(cr, toNear);
    const cbMiddle = threefold(cbSums);
    const crMiddle = threefold(crSums);
    const cbEven = mixed(cbMiddle, oneBefore(cbBefore, cbSums), 8, 4);
    const cbOdd = mixed(cbMiddle, oneAfter(cbSums, cbAfter), 7, 4);
    const crEven = mixed(crMiddle, oneBefore(crBefore, crSums), 8, 4);
    const crOdd = mixed(crMiddle, oneAfter(crSums, crAfter), 7, 4);
    cbBefore = cbSums;
    crBefore = crSums;
    cbSums = cbAfter;
    crSums = crAfter;
    storePairs(luma + x, cbEven, cbOdd, crEven, crOdd, target);
  }
}

function columnSums(samples: usize, toNear: isize): v128 {
  return i16x8.add(threefold(v128.load8x8_u(samples)), v128.load8x8_u(samples + <usize>toNear));
}

function oneBefore(before: v128, levels: v128): v128 {
  return v128.shuffle<i16>(before, levels, 7, 8, 9, 10, 11, 12, 13, 14);
}

function oneAfter(levels: v128, after: v128): v128 {
  return v128.shuffle<i16>(levels, after, 1, 2, 3, 4, 5, 6, 7, 8);
}

function threefold(levels: v128): v128 {
  return i16x8.add(levels, i16x8.add(levels, levels));
}

/** Three parts of one sample with one of another, of `1 << shift` in all; without the 128 that chroma is above zero. */
function mixed(middle: v128, near: v128, rounding: i32, shift: i32): v128 {
  const offset = i16x8.splat(<i16>(rounding - (128 << shift)));
  return i16x8.shr_s(i16x8.add(i16x8.add(middle, near), offset), shift);
}

function centred(levels: v128): v128 {
  return i16x8.sub(levels, i16x8.splat(128));
}

/** 16 pixels, whose chroma stands in lanes of the even and of the odd ones. */
function storePairs(luma: usize, cbEven: v128, cbOdd: v128, crEven: v128, crOdd: v128, target: usize): void {
  storePixels(
    v128.load(luma),
    lowWords(cbEven, cbOdd),
    highWords(cbEven, cbOdd),
    lowWords(crEven, crOdd),
    highWords(crEven, crOdd),
    target,
  );
}

function storePixels(luma: v128, cbLow: v128, cbHigh: v128, crLow: v128, crHigh: v128, target: usize): void {
  const low = i16x8.extend_low_i8x16_u(luma);
  const high = i16x8.extend_high_i8x16_u(luma);
  const red = i8x16.narrow_i16x8_u(i16x8.add(low, toRed(crLow)), i16x8.add(high, toRed(crHigh)));
  const green = i8x16.narrow_i16x8_u(i16x8.add(low, toGreen(cbLow, crLow)), i16x8.add(high, toGreen(cbHigh, crHigh)));
  const blue = i8x16.narrow_i16x8_u(i16x8.add(low, toBlue(cbLow)), i16x8.add(high, toBlue(cbHigh)));
  const first = v128.shuffle<i8>(red, green, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const last = v128.shuffle<i8>(red, green, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const middle = v128.shuffle<i64>(first, last, 1, 2);
  v128.store(target, v128.shuffle<i8>(first, blue, 0, 1, 16, 2, 3, 17, 4, 5, 18, 6, 7, 19, 8, 9, 20, 10));
  v128.store(target, v128.shuffle<i8>(middle, blue, 3, 21, 4, 5, 22, 6, 7, 23, 8, 9, 24, 10, 11, 25, 12, 13), 16);
  v128.store(target, v128.shuffle<i8>(last, blue, 26, 6, 7, 27, 8, 9, 28, 10, 11, 29, 12, 13, 30, 14, 15, 31), 32);
}

/** 1.402 Cr; 13172 / 32768 rounds as libjpeg's 26345 / 65536 does, for every Cr. */
function toRed(cr: v128): v128 {
  return i16x8.add(cr, i16x8.q15mulr_sat_s(cr, v128.load16_splat(OF_RED)));
}

/** 1.772 Cb. */
function toBlue(cb: v128): v128 {
  return i16x8.add(i16x8.add(cb, cb), i16x8.q15mulr_sat_s(cb, v128.load16_splat(OF_BLUE)));
}

/** -0.34414 Cb - 0.71414 Cr. */
function toGreen(cb: v128, cr: v128): v128 {
  const factors = v128.load32_splat(OF_GREEN);
  const half = i32x4.splat(1 << 14);
  const low = i32x4.add(i32x4.dot_i16x8_s(lowWords(cb, cr), factors), half);
  const high = i32x4.add(i32x4.dot_i16x8_s(highWords(cb, cr), factors), half);
  return i16x8.narrow_i32x4_s(i32x4.shr_s(low, 15), i32x4.shr_s(high, 15));
}
