/**
 * AssemblyScript, not TypeScript: the passes of `src/image/resampling-passes.ts` with SIMD, the same integers. Compiled by
 * `nx run preprocessing:generate`. All addresses are bytes of the module's memory; up to 16 bytes behind source and target
 * rows are read or written besides.
 */

/** 0.5 in 22 fraction bits. */
const HALF: i32 = 1 << 21;
const FRACTION_BITS: i32 = 22;

/** uint8 [rows, source width, 3] → uint8 [rows, width, 3]. */
export function horizontalRgb(
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
    for (let x: usize = 0; x < <usize>width; x++, weightsOfColumn += taps << 2, target += 3) {
      let pixel = source + <usize>load<i32>(starts + (x << 2)) * 3;
      const end = weightsOfColumn + ((<usize>load<i32>(counts + (x << 2))) << 2);
      let sums = i32x4.splat(HALF);
      for (let weight = weightsOfColumn; weight < end; weight += 4, pixel += 3) {
        sums = i32x4.add(sums, i32x4.mul(levels(pixel), v128.load32_splat(weight)));
      }
      v128.store32_lane(target, clamped(sums, sums, sums, sums), 0);
    }
  }
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

/** One row of uint8 [stride], from `count` rows of the same length, one below the other from `source` on. */
export function verticalRow(source: usize, stride: usize, target: usize, count: usize, weights: usize): void {
  const lastWeight = weights + (count << 2);
  for (let x: usize = 0; x < stride; x += 16) {
    let a = i32x4.splat(HALF);
    let b = a;
    let c = a;
    let d = a;
    let samples = source + x;
    for (let weight = weights; weight < lastWeight; weight += 4, samples += stride) {
      const factor = v128.load32_splat(weight);
      const sixteen = v128.load(samples);
      const low = i16x8.extend_low_i8x16_u(sixteen);
      const high = i16x8.extend_high_i8x16_u(sixteen);
      a = i32x4.add(a, i32x4.mul(i32x4.extend_low_i16x8_u(low), factor));
      b = i32x4.add(b, i32x4.mul(i32x4.extend_high_i16x8_u(low), factor));
      c = i32x4.add(c, i32x4.mul(i32x4.extend_low_i16x8_u(high), factor));
      d = i32x4.add(d, i32x4.mul(i32x4.extend_high_i16x8_u(high), factor));
    }
    v128.store(target + x, clamped(a, b, c, d));
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
