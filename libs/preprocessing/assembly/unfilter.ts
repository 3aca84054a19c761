/**
 * AssemblyScript, not TypeScript: the filters of `src/png/portable-unfilter.ts` with SIMD. Compiled by
 * `nx run preprocessing:generate`. All addresses are bytes of the module's memory; up to 16 bytes behind source and target
 * are read or written besides.
 */

/**
 * Lines of a filter's number and `lineBytes` filtered bytes each → their samples, one line after the other. The line in front
 * of `target` is the one above the first. False for a number that is no filter's.
 */
export function unfilter(source: usize, lineBytes: usize, lines: i32, target: usize, channels: usize): bool {
  for (let y = 0; y < lines; y++, source += lineBytes, target += lineBytes) {
    const filter = load<u8>(source++);
    if (filter > 4) return false;
    if (filter === 0) memory.copy(target, source, lineBytes);
    else if (filter === 1) sub(source, lineBytes, target, channels);
    else if (filter === 2) up(source, lineBytes, target);
    else if (filter === 3) average(source, lineBytes, target, channels);
    else paeth(source, lineBytes, target, channels);
  }
  return true;
}

function sub(source: usize, lineBytes: usize, target: usize, channels: usize): void {
  let left = i8x16.splat(0);
  for (let at: usize = 0; at < lineBytes; at += channels) {
    left = i8x16.add(left, v128.load32_zero(source + at));
    v128.store32_lane(target + at, left, 0);
  }
}

function up(source: usize, lineBytes: usize, target: usize): void {
  const above = target - lineBytes;
  for (let at: usize = 0; at < lineBytes; at += 16) {
    v128.store(target + at, i8x16.add(v128.load(source + at), v128.load(above + at)));
  }
}

function average(source: usize, lineBytes: usize, target: usize, channels: usize): void {
  const lineAbove = target - lineBytes;
  let left = i8x16.splat(0);
  for (let at: usize = 0; at < lineBytes; at += channels) {
    const above = v128.load32_zero(lineAbove + at);
    // avgr_u rounds up.
    const mean = v128.not(i8x16.avgr_u(v128.not(left), v128.not(above)));
    left = i8x16.add(mean, v128.load32_zero(source + at));
    v128.store32_lane(target + at, left, 0);
  }
}

function paeth(source: usize, lineBytes: usize, target: usize, channels: usize): void {
  const lineAbove = target - lineBytes;
  let left = i16x8.splat(0);
  let aboveLeft = left;
  for (let at: usize = 0; at < lineBytes; at += channels) {
    const above = words(lineAbove + at);
    const rise = i16x8.sub(above, aboveLeft);
    const run = i16x8.sub(left, aboveLeft);
    const toLeft = i16x8.abs(rise);
    const toAbove = i16x8.abs(run);
    const least = i16x8.min_s(i16x8.min_s(toLeft, toAbove), i16x8.abs(i16x8.add(rise, run)));
    const other = v128.bitselect(above, aboveLeft, i16x8.eq(toAbove, least));
    const nearest = v128.bitselect(left, other, i16x8.eq(toLeft, least));
    // Of bytes, so that the upper ones stay 0.
    left = i8x16.add(nearest, words(source + at));
    v128.store32_lane(target + at, i8x16.narrow_i16x8_u(left, left), 0);
    aboveLeft = above;
  }
}

/** Four bytes as int16. */
function words(address: usize): v128 {
  return i16x8.extend_low_i8x16_u(v128.load32_zero(address));
}
