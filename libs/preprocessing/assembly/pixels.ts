/**
 * AssemblyScript, not TypeScript: what `src/image` does to every pixel, with SIMD. Compiled by `nx run preprocessing:generate`.
 * All addresses are bytes of the module's memory, all counts of samples or pixels; up to 16 bytes behind source and target
 * are read or written besides.
 */

/** Sixteen bytes that nothing else uses. */
const SCRATCH: usize = 4080;

/** A constant in a register. (V8 builds one that is written in a loop anew in each round, which made `greyOfRgb` a third as fast.) */
function held(constant: v128): v128 {
  v128.store(SCRATCH, constant);
  return v128.load(SCRATCH);
}

/** uint8 [count] → uint8 [count], by uint8 [256]. (By lanes: a fifth faster than byte by byte.) */
export function lookUp(source: usize, count: usize, target: usize, table: usize): void {
  const end = source + count;
  for (; source < end; source += 8, target += 8) {
    let found = i8x16.splat(0);
    found = v128.load8_lane(table + load<u8>(source), found, 0);
    found = v128.load8_lane(table + load<u8>(source, 1), found, 1);
    found = v128.load8_lane(table + load<u8>(source, 2), found, 2);
    found = v128.load8_lane(table + load<u8>(source, 3), found, 3);
    found = v128.load8_lane(table + load<u8>(source, 4), found, 4);
    found = v128.load8_lane(table + load<u8>(source, 5), found, 5);
    found = v128.load8_lane(table + load<u8>(source, 6), found, 6);
    found = v128.load8_lane(table + load<u8>(source, 7), found, 7);
    v128.store64_lane(target, found, 0);
  }
}

/** uint8 [count] → uint8 [count]: 255 less each. */
export function invert(source: usize, count: usize, target: usize): void {
  const end = source + count;
  for (; source < end; source += 16, target += 16) v128.store(target, v128.not(v128.load(source)));
}

/** uint8 [count] → uint8 [count, size], by uint8 [256, 8] of which the first `size` bytes count. */
export function expand(source: usize, count: usize, target: usize, table: usize, size: usize): void {
  const end = source + count;
  for (; source < end; source++, target += size)
    store<u64>(target, load<u64>(table + ((<usize>load<u8>(source)) << 3)));
}

/** Every `sourceStep`th byte of `count` → float32 by float32 [256], `targetStep` bytes apart. */
export function lookUpFloats(
  source: usize,
  sourceStep: usize,
  count: usize,
  target: usize,
  targetStep: usize,
  table: usize,
): void {
  const end = source + count * sourceStep;
  for (; source < end; source += sourceStep, target += targetStep) {
    store<f32>(target, load<f32>(table + ((<usize>load<u8>(source)) << 2)));
  }
}

/** The darkest of uint8 [count] in the lowest byte, the lightest in the next. */
export function darkestAndLightest(source: usize, count: usize): u32 {
  const end = source + count;
  let low = i8x16.splat(-1);
  let high = i8x16.splat(0);
  for (; source + 16 <= end; source += 16) {
    const levels = v128.load(source);
    low = i8x16.min_u(low, levels);
    high = i8x16.max_u(high, levels);
  }
  for (; source < end; source++) {
    const levels = v128.load8_splat(source);
    low = i8x16.min_u(low, levels);
    high = i8x16.max_u(high, levels);
  }
  return (<u32>(255 - highest(v128.not(low)))) | ((<u32>highest(high)) << 8);
}

/** Of sixteen. */
function highest(levels: v128): u8 {
  let highs = i8x16.max_u(levels, i64x2.shuffle(levels, levels, 1, 0));
  highs = i8x16.max_u(highs, i32x4.shuffle(highs, highs, 1, 0, 3, 2));
  highs = i8x16.max_u(highs, i32x4.shr_u(highs, 16));
  highs = i8x16.max_u(highs, i32x4.shr_u(highs, 8));
  return i8x16.extract_lane_u(highs, 0);
}

/**
 * The box of uint8 [height, width] at or above a threshold, as int32 at `box`: the first and the last column, the first and
 * the last row. [width, -1, height, -1] where nothing is.
 */
export function contentBox(source: usize, width: i32, height: i32, threshold: i32, box: usize): void {
  const least = i8x16.splat(<i8>threshold);
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++, source += width) {
    let last = -1;
    for (let x = 0; x < width; x += 16) {
      let bits = i8x16.bitmask(i8x16.ge_u(v128.load(source + x), least));
      if (width - x < 16) bits &= (1 << (width - x)) - 1;
      if (bits === 0) continue;
      left = min(left, x + ctz(bits));
      last = x + 31 - clz(bits);
    }
    if (last < 0) continue;
    right = max(right, last);
    top = min(top, y);
    bottom = y;
  }
  store<i32>(box, left);
  store<i32>(box, right, 4);
  store<i32>(box, top, 8);
  store<i32>(box, bottom, 12);
}

/** uint8 [pixels, 3] → uint8 [pixels]. */
export function greyOfRgb(source: usize, pixels: usize, target: usize): void {
  const redAndGreen = held(i8x16(0, 16, 1, 16, 3, 16, 4, 16, 6, 16, 7, 16, 9, 16, 10, 16));
  const blueAndGreen = held(i8x16(2, 16, 1, 16, 5, 16, 4, 16, 8, 16, 7, 16, 11, 16, 10, 16));
  const redWeights = heldPairs(19595, 19235);
  const blueWeights = heldPairs(7471, 19235);
  const half = held(i32x4.splat(0x8000));
  const end = target + pixels;
  for (; target < end; source += 12, target += 4) {
    const rgb = v128.load(source);
    const red = i32x4.dot_i16x8_s(i8x16.swizzle(rgb, redAndGreen), redWeights);
    const blue = i32x4.dot_i16x8_s(i8x16.swizzle(rgb, blueAndGreen), blueWeights);
    const grey = i32x4.shr_u(i32x4.add(i32x4.add(red, blue), half), 16);
    const words = i16x8.narrow_i32x4_u(grey, grey);
    v128.store32_lane(target, i8x16.narrow_i16x8_u(words, words), 0);
  }
}

/** int16 [4, 2]: red or blue in 16 fraction bits, and half of green, since a product is of signed 16 bits. */
function heldPairs(colour: i16, halfOfGreen: i16): v128 {
  return held(i32x4.splat(((<i32>halfOfGreen) << 16) | colour));
}

/** uint8 [pixels, 4] → uint8 [pixels, 3], on an opaque grey level. */
export function flattenRgba(source: usize, pixels: usize, target: usize, background: i32): void {
  const lowAlphas = held(i8x16(3, 16, 3, 16, 3, 16, 3, 16, 7, 16, 7, 16, 7, 16, 7, 16));
  const highAlphas = held(i8x16(11, 16, 11, 16, 11, 16, 11, 16, 15, 16, 15, 16, 15, 16, 15, 16));
  const colours = held(i8x16(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 16, 16, 16));
  const ground = i16x8.splat(<i16>background);
  const least = leastSums(background);
  const end = source + (pixels << 2);
  for (; source < end; source += 16, target += 12) {
    const rgba = v128.load(source);
    const low = laid(i16x8.extend_low_i8x16_u(rgba), i8x16.swizzle(rgba, lowAlphas), ground, least);
    const high = laid(i16x8.extend_high_i8x16_u(rgba), i8x16.swizzle(rgba, highAlphas), ground, least);
    v128.store(target, i8x16.swizzle(i8x16.narrow_i16x8_u(low, high), colours));
  }
}

/** uint8 [pixels, 2] → uint8 [pixels], on a grey level. */
export function flattenGrey(source: usize, pixels: usize, target: usize, background: i32): void {
  const levels = held(i16x8.splat(0xff));
  const ground = i16x8.splat(<i16>background);
  const least = leastSums(background);
  const end = source + (pixels << 1);
  for (; source < end; source += 16, target += 8) {
    const both = v128.load(source);
    const flat = laid(v128.and(both, levels), i16x8.shr_u(both, 8), ground, least);
    v128.store64_lane(target, i8x16.narrow_i16x8_u(flat, flat), 0);
  }
}

function leastSums(background: i32): v128 {
  return i16x8.splat(<i16>(background * 255 + 128));
}

/**
 * Eight samples on a background: v = colour * alpha + background * (255 - alpha) + 128 is below 2 ** 16, and
 * v + (v >> 8) >> 8 what Pillow's 7 fraction bits give for each such v.
 */
function laid(colours: v128, alphas: v128, ground: v128, least: v128): v128 {
  const sums = i16x8.add(least, i16x8.mul(alphas, i16x8.sub(colours, ground)));
  return i16x8.shr_u(i16x8.add(sums, i16x8.shr_u(sums, 8)), 8);
}

/** uint8 [pixels, 4] → uint8 [pixels]: `flattenRgba`, then `greyOfRgb`. */
export function greyOfRgba(source: usize, pixels: usize, target: usize, background: i32): void {
  const lowAlphas = held(i8x16(3, 16, 3, 16, 3, 16, 3, 16, 7, 16, 7, 16, 7, 16, 7, 16));
  const highAlphas = held(i8x16(11, 16, 11, 16, 11, 16, 11, 16, 15, 16, 15, 16, 15, 16, 15, 16));
  const ground = i16x8.splat(<i16>background);
  const least = leastSums(background);
  const lowBytes = held(i16x8.splat(0xff));
  const redAndBlue = heldPairs(19595, 7471);
  const green = heldPairs(19235, 0);
  const half = held(i32x4.splat(0x8000));
  const end = target + pixels;
  for (; target < end; source += 16, target += 4) {
    const rgba = v128.load(source);
    const low = laid(i16x8.extend_low_i8x16_u(rgba), i8x16.swizzle(rgba, lowAlphas), ground, least);
    const high = laid(i16x8.extend_high_i8x16_u(rgba), i8x16.swizzle(rgba, highAlphas), ground, least);
    const grey = luma(i8x16.narrow_i16x8_u(low, high), lowBytes, redAndBlue, green, half);
    const words = i16x8.narrow_i32x4_u(grey, grey);
    v128.store32_lane(target, i8x16.narrow_i16x8_u(words, words), 0);
  }
}

/** Grey of uint8 [4, 4] as int32, whatever the alphas. */
function luma(rgba: v128, lowBytes: v128, redAndBlue: v128, green: v128, half: v128): v128 {
  const greens = i32x4.dot_i16x8_s(i16x8.shr_u(rgba, 8), green);
  const others = i32x4.dot_i16x8_s(v128.and(rgba, lowBytes), redAndBlue);
  return i32x4.shr_u(i32x4.add(i32x4.add(others, half), i32x4.add(greens, greens)), 16);
}

/** Of uint8 [pixels, 4]: the sum of alphas and that of alpha * grey, as float64 at `sums`. Overwrites 16 bytes behind. */
export function weighRgba(source: usize, pixels: usize, sums: usize): void {
  const lowBytes = held(i16x8.splat(0xff));
  const redAndBlue = heldPairs(19595, 7471);
  const green = heldPairs(19235, 0);
  const half = held(i32x4.splat(0x8000));
  const end = source + (pixels << 2);
  v128.store(end, i8x16.splat(0));
  let shown = i32x4.splat(0);
  let weighted = i64x2.splat(0);
  for (; source < end; source += 16) {
    const rgba = v128.load(source);
    const alphas = i32x4.shr_u(rgba, 24);
    shown = i32x4.add(shown, alphas);
    weighted = widened(weighted, i32x4.mul(luma(rgba, lowBytes, redAndBlue, green, half), alphas));
  }
  storeSums(sums, shown, weighted);
}

/** As `weighRgba`, of uint8 [pixels, 2]. */
export function weighGrey(source: usize, pixels: usize, sums: usize): void {
  const levels = held(i16x8.splat(0xff));
  const end = source + (pixels << 1);
  v128.store(end, i8x16.splat(0));
  let shown = i32x4.splat(0);
  let weighted = i64x2.splat(0);
  for (; source < end; source += 16) {
    const both = v128.load(source);
    const alphas = i16x8.shr_u(both, 8);
    shown = i32x4.add(shown, i32x4.extadd_pairwise_i16x8_u(alphas));
    weighted = widened(weighted, i32x4.dot_i16x8_s(v128.and(both, levels), alphas));
  }
  storeSums(sums, shown, weighted);
}

/** int64 [2], and int32 [4] added to them. */
function widened(sums: v128, terms: v128): v128 {
  return i64x2.add(sums, i64x2.add(i64x2.extend_low_i32x4_u(terms), i64x2.extend_high_i32x4_u(terms)));
}

function storeSums(address: usize, shown: v128, weighted: v128): void {
  const alphas = widened(i64x2.splat(0), shown);
  store<f64>(address, <f64>(i64x2.extract_lane(alphas, 0) + i64x2.extract_lane(alphas, 1)));
  store<f64>(address, <f64>(i64x2.extract_lane(weighted, 0) + i64x2.extract_lane(weighted, 1)), 8);
}
