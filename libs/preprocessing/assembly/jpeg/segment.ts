/**
 * The entropy-coded bytes of one restart interval, without the zero that is stuffed behind each 0xFF. They lie in reverse, the
 * first at the highest address, so that one load of eight bytes has the next one in its highest bits.
 */

import { SCAN, SEGMENT_TOP } from './places';

let next: usize = 0;
let end: usize = 0;

/** Behind the last byte of the segment in hand: the lowest address that may be read with meaning. */
export let segmentBottom: usize = 0;

export function startScan(sizeBytes: i32): void {
  next = SCAN;
  end = SCAN + <usize>sizeBytes;
}

export function isScanAtEnd(): bool {
  return next == end;
}

/** Takes all up to the next marker; gives the marker's second byte, and 0 where the bytes end without one. */
export function takeSegment(): i32 {
  let target = SEGMENT_TOP;
  const full = i8x16.splat(-1);
  while (next < end) {
    const sixteen = v128.load(next);
    const marks = i8x16.bitmask(i8x16.eq(sixteen, full));
    v128.store(target - 16, v128.shuffle<i8>(sixteen, sixteen, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    const plain: usize = marks == 0 ? 16 : ctz(marks);
    target -= plain;
    next += plain;
    if (marks == 0) continue;
    if (next + 1 >= end) return 0;
    const marker = <i32>load<u8>(next + 1);
    next += 2;
    if (marker != 0) {
      segmentBottom = target;
      return marker;
    }
    store<u8>(--target, 0xff);
  }
  return 0;
}
