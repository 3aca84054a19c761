/**
 * AssemblyScript, not TypeScript: the passes of `src/image/resampling-passes.ts` with SIMD, the same integers. Compiled by
 * `nx run preprocessing:generate`. All addresses are bytes of the module's memory; up to 16 bytes behind source and target
 * rows are read or written besides.
 */

/** 0.5 in 22 fraction bits. */
const HALF: i32 = 1 << 21;
const FRACTION_BITS: i32 = 22;

/** Sixteen bytes that nothing else uses: `src/image/simd-passes.ts` leaves them free. */
const SCRATCH: usize = 0;
/** Weights are cut into 15 bits and what is above, since a product is of signed 16 bits: both sums together are the same integer. */
const LOW_BITS: i32 = 15;

/** A constant in a register: see `assembly/pixels.ts`. */
function held(constant: v128): v128 {
  v128.store(SCRATCH, constant);
  return v128.load(SCRATCH);
}

/**
 * int32 [taps], 22 fraction bits → int16 [taps / 2, 2, 2]: of each two weights the low bits, then the high ones. `taps` is even.
 */
export function pairWeights(weights: usize, taps: usize, target: usize): void {
  const end = weights + (taps << 2);
  for (; weights < end; weights += 8, target += 8) {
    const first = load<i32>(weights);
    const second = load<i32>(weights, 4);
    store<i16>(target, <i16>(first & 0x7fff));
    store<i16>(target, <i16>(second & 0x7fff), 2);
    store<i16>(target, <i16>(first >> LOW_BITS), 4);
    store<i16>(target, <i16>(second >> LOW_BITS), 6);
  }
}

/** uint8 [rows, source width, 3] → uint8 [rows, width, 3]; `pairs` as `pairWeights` gives them, `taps` of each column, divisible by 4. */
export function horizontalRgb(
  source: usize,
  stride: usize,
  rows: i32,
  target: usize,
  width: i32,
  starts: usize,
  counts: usize,
  pairs: usize,
  taps: usize,
): void {
  const firstTwo = held(i8x16(0, 16, 3, 16, 1, 16, 4, 16, 2, 16, 5, 16, 16, 16, 16, 16));
  const nextTwo = held(i8x16(6, 16, 9, 16, 7, 16, 10, 16, 8, 16, 11, 16, 16, 16, 16, 16));
  const half = held(i32x4.splat(HALF));
  for (let y = 0; y < rows; y++, source += stride) {
    let pairsOfColumn = pairs;
    for (let x: usize = 0; x < <usize>width; x++, pairsOfColumn += taps << 2, target += 3) {
      let pixel = source + <usize>load<i32>(starts + (x << 2)) * 3;
      const end = pairsOfColumn + ((<usize>load<i32>(counts + (x << 2))) << 2);
      let low = half;
      let high = i32x4.splat(0);
      for (let pair = pairsOfColumn; pair < end; pair += 16, pixel += 12) {
        const five = v128.load(pixel);
        const two = i8x16.swizzle(five, firstTwo);
        const others = i8x16.swizzle(five, nextTwo);
        low = i32x4.add(low, i32x4.dot_i16x8_s(two, v128.load32_splat(pair)));
        high = i32x4.add(high, i32x4.dot_i16x8_s(two, v128.load32_splat(pair, 4)));
        low = i32x4.add(low, i32x4.dot_i16x8_s(others, v128.load32_splat(pair, 8)));
        high = i32x4.add(high, i32x4.dot_i16x8_s(others, v128.load32_splat(pair, 12)));
      }
      const sums = whole(low, high);
      v128.store32_lane(target, clamped(sums, sums, sums, sums), 0);
    }
  }
}

function whole(low: v128, high: v128): v128 {
  return i32x4.add(low, i32x4.shl(high, LOW_BITS));
}

/** uint8 [rows, source width] → uint8 [rows, width]. */
export function horizontalGrey(
  source: usize,
  stride: usize,
  rows: i32,
  target: usize,
  width: i32,
  starts: usize,
  counts: usize,
  weights: usize,
  taps: usize,
): void {
  for (let y = 0; y < rows; y++, source += stride) {
    let weightsOfColumn = weights;
    for (let x: usize = 0; x < <usize>width; x++, weightsOfColumn += taps << 2, target++) {
      let pixel = source + <usize>load<i32>(starts + (x << 2));
      const end = weightsOfColumn + ((<usize>load<i32>(counts + (x << 2))) << 2);
      let weight = weightsOfColumn;
      let sums = i32x4.replace_lane(i32x4.splat(0), 0, HALF);
      for (; weight + 16 <= end; weight += 16, pixel += 4) {
        sums = i32x4.add(sums, i32x4.mul(levels(pixel), v128.load(weight)));
      }
      for (; weight < end; weight += 4, pixel++) {
        sums = i32x4.add(sums, i32x4.replace_lane(i32x4.splat(0), 0, <i32>load<u8>(pixel) * load<i32>(weight)));
      }
      const sum =
        i32x4.extract_lane(sums, 0) +
        i32x4.extract_lane(sums, 1) +
        i32x4.extract_lane(sums, 2) +
        i32x4.extract_lane(sums, 3);
      store<u8>(target, <u8>min(255, max(0, sum >> FRACTION_BITS)));
    }
  }
}

/**
 * One row of uint8 [stride], from `count` rows of the same length, one below the other from `source` on; `pairs` as `pairWeights` gives
 * them. Where `count` is odd, the row behind them is read as well, and has no weight.
 */
export function verticalRow(source: usize, stride: usize, target: usize, count: usize, pairs: usize): void {
  const end = pairs + (((count + 1) >> 1) << 3);
  const half = held(i32x4.splat(HALF));
  for (let x: usize = 0; x < stride; x += 16) {
    let lowA = half;
    let lowB = half;
    let lowC = half;
    let lowD = half;
    let highA = i32x4.splat(0);
    let highB = highA;
    let highC = highA;
    let highD = highA;
    let samples = source + x;
    for (let pair = pairs; pair < end; pair += 8, samples += stride << 1) {
      const upper = v128.load(samples);
      const lower = v128.load(samples + stride);
      const left = v128.shuffle<i8>(upper, lower, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const right = v128.shuffle<i8>(upper, lower, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      const low = v128.load32_splat(pair);
      const high = v128.load32_splat(pair, 4);
      const a = i16x8.extend_low_i8x16_u(left);
      lowA = i32x4.add(lowA, i32x4.dot_i16x8_s(a, low));
      highA = i32x4.add(highA, i32x4.dot_i16x8_s(a, high));
      const b = i16x8.extend_high_i8x16_u(left);
      lowB = i32x4.add(lowB, i32x4.dot_i16x8_s(b, low));
      highB = i32x4.add(highB, i32x4.dot_i16x8_s(b, high));
      const c = i16x8.extend_low_i8x16_u(right);
      lowC = i32x4.add(lowC, i32x4.dot_i16x8_s(c, low));
      highC = i32x4.add(highC, i32x4.dot_i16x8_s(c, high));
      const d = i16x8.extend_high_i8x16_u(right);
      lowD = i32x4.add(lowD, i32x4.dot_i16x8_s(d, low));
      highD = i32x4.add(highD, i32x4.dot_i16x8_s(d, high));
    }
    v128.store(target + x, clamped(whole(lowA, highA), whole(lowB, highB), whole(lowC, highC), whole(lowD, highD)));
  }
}

/** Four samples as int32. */
function levels(address: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(address)));
}

/** Sixteen sums as samples, in order. */
function clamped(a: v128, b: v128, c: v128, d: v128): v128 {
  return i8x16.narrow_i16x8_u(
    i16x8.narrow_i32x4_s(i32x4.shr_s(a, FRACTION_BITS), i32x4.shr_s(b, FRACTION_BITS)),
    i16x8.narrow_i32x4_s(i32x4.shr_s(c, FRACTION_BITS), i32x4.shr_s(d, FRACTION_BITS)),
  );
}
